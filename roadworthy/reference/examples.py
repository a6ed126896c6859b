"""What the example file has for each key, be it set there or commented out."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from roadworthy.proposals.toml_text import key, quoted

#: A setting that the file shows and does not make: a comment that would be TOML without its mark.
_COMMENTED_OUT: Final = re.compile(r"^# (?=\w+ = )", re.MULTILINE)


def shown(text: str) -> dict[str, Any]:
    """The example file with all that it has as a comment."""
    return tomllib.loads(_COMMENTED_OUT.sub("", text))


def as_toml(value: object) -> str:
    """A value as it is written in the file, on one line."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return quoted(value)
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date() | int() | float():
            return str(value)
        case list():
            return f"[{', '.join(map(as_toml, value))}]"
        case Mapping():
            return f"{{ {', '.join(f'{key(k)} = {as_toml(v)}' for k, v in value.items())} }}"
        case _:
            raise TypeError(f"{type(value).__name__} has no place in TOML")
