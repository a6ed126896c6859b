"""Texts of strangers as TOML: values that read back as they were, comments that stay comments."""

import re
import unicodedata
from collections.abc import Iterable
from textwrap import wrap
from typing import Final

from roadworthy.harmless import ACTING, harmless

_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_WIDTH: Final = 96
_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LAST_OF_FOUR_DIGITS: Final = 0xFFFF


def quoted(text: str) -> str:
    """The text as a basic string; what acts or cannot be seen is written as its code."""
    return f'"{"".join(map(_written, text))}"'


def array(texts: Iterable[str]) -> str:
    """The texts as an array on one line."""
    return f"[{', '.join(map(quoted, texts))}]"


def key(text: str) -> str:
    """The text as a key."""
    return text if _BARE_KEY.fullmatch(text) else quoted(text)


def comment(text: str) -> str:
    """The text as comments, a line of it each; what would act in a terminal is drawn."""
    lines = (piece for line in text.split("\n") for piece in wrap(harmless(line), _WIDTH) or [""])
    return "\n".join(f"# {line}".rstrip() for line in lines)


def named(text: str) -> str:
    """A name within a comment: on one line whatever it holds."""
    return harmless(text)


def commented_out(text: str) -> str:
    """Lines of TOML as comments that become valid again once the marks are taken away."""
    return "\n".join(f"# {line}".rstrip() for line in text.split("\n"))


def _written(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    if unicodedata.category(character) not in ACTING:
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code <= _LAST_OF_FOUR_DIGITS else f"\\U{code:08X}"
