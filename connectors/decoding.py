"""Text of one document in, its JSON value out, or the reason why there is none.

Stricter than the standard library where a warehouse could not store the value: no ``NaN``, no
number beyond a double, no text that cannot be written as UTF-8, no nesting without end.
"""

import json
import math
import re
from typing import Any, Final, NoReturn

DEEPEST: Final = 200
"""Levels of nesting; beyond it, whoever walks the payload would meet the interpreter's limit."""

# How undecodable bytes stand in text that was decoded with ``surrogateescape``.
_STRAY_BYTE: Final = re.compile("[\udc80-\udcff]")
# What holds nothing: asked of every value of an answer, so that it is cheap to ask.
_PLAIN: Final = frozenset({str, int, float, bool, type(None)})
_SURROGATE_ESCAPE: Final = re.compile(r"\\u[dD][89a-fA-F]")


class UnusableError(ValueError):
    """What arrived is no usable record; the message is the reason, in one sentence."""


def decode(text: str) -> object:
    r"""The JSON value of a document's text, safe to be written as UTF-8 JSON again.

    A lone surrogate (``"\ud83d"``, half of a character, left by software that cuts texts by UTF-16
    units) has no UTF-8 form. It is kept as the six visible characters of its escape: which half
    it was stays known, and every other character of the text stays as it was. ``\u0000`` is
    sound JSON and left alone.

    Raises:
        UnusableError: not UTF-8, not JSON, or JSON that could not be stored.
    """
    try:
        text.encode()
        value = _DECODER.decode(text)
        if _is_too_deep(text, value):
            raise UnusableError(f"nested more than {DEEPEST} levels deep")
        return _mended(value) if _SURROGATE_ESCAPE.search(text) else value
    except (ValueError, RecursionError) as error:
        raise UnusableError(fault_of(error)) from error


def fault_of(error: Exception) -> str:
    """Say why a text could not be decoded."""
    match error:
        case UnusableError():
            return str(error)
        case UnicodeEncodeError():
            return f"not UTF-8 at character {error.start + 1}"
        case json.JSONDecodeError() if _STRAY_BYTE.match(error.doc, error.pos):
            return f"not UTF-8 at character {error.pos + 1}"
        case json.JSONDecodeError():
            return f"not JSON at character {error.pos + 1}: {error.msg}"
        case RecursionError():
            return f"nested more than {DEEPEST} levels deep"
        case _:  # the interpreter converts no more than 4,300 digits
            return "not storable: it holds a number of several thousand digits"


def _refuse(constant: str) -> NoReturn:
    raise UnusableError(f"not JSON: {constant} is no JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise UnusableError("not storable: it holds a number too large for a double")
    return number


def _is_too_deep(text: str, value: object) -> bool:
    if text.count("{") + text.count("[") <= DEEPEST:
        return False  # spares short documents the walk
    level: list[Any] = [] if type(value) in _PLAIN else [value]
    for _ in range(DEEPEST):
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)
            if type(child) not in _PLAIN
        ]
        if not level:
            return False
    return True


def _mended(value: object) -> object:
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode("utf-8")
        case list():
            return [_mended(item) for item in value]
        case dict():
            return {_mended(name): _mended(item) for name, item in value.items()}
        case _:
            return value


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)
