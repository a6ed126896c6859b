"""Commands that a message advises, so that they can be copied as they stand."""

import re
from pathlib import Path

from roadworthy.cli.session import USUAL

_ADVISED = re.compile(
    r"'(roadworthy (?:check|nightly|sync|build|report|plan|sql|export|status)\b[^']*)'"
)
_PLAIN = re.compile(r"[\w./~-]+")


def with_config(message: str, config: Path) -> str:
    """The message, in which every advised command reads the configuration that this one read."""
    if config == USUAL:
        return message
    # In double quotes where a shell wants any, for the message has the whole in single ones.
    named = str(config) if _PLAIN.fullmatch(str(config)) else f'"{config}"'
    return _ADVISED.sub(lambda advised: f"'{advised[1]} --config {named}'", message)
