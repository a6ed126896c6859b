"""Rows in aligned columns, for a terminal: every cell on one line, every acting character drawn."""

import unicodedata
from collections.abc import Iterable, Sequence

from roadworthy.answers.cells import cell
from roadworthy.harmless import harmless

#: Columns of the terminal a cell may take; the other formats have it whole.
_WIDEST = 80

#: Characters it may hold, whatever room they take: four marks upon every letter.
_MOST_CHARACTERS = 5 * _WIDEST

#: Decimals of a number; a smaller one gets its first digits instead.
_DECIMALS = 4
_SMALL = 0.001

_NO_VALUE = "\N{EN DASH}"


def aligned(
    names: Sequence[str], rows: Iterable[Sequence[object]], is_number: Sequence[bool]
) -> str:
    """A header, a rule and the rows; numbers to the right, no value as a dash."""
    body = [[_shown(value) for value in row] for row in rows]
    header = [_shown(name) for name in names]
    widths = [max(map(_width, column)) for column in zip(header, *body, strict=True)]
    lines = [header, ["─" * width for width in widths], *body]
    return "".join(_line(line, widths, is_number) for line in lines)


def _shown(value: object) -> str:
    if value is None:
        return _NO_VALUE
    text = _rounded(value) if isinstance(value, float) else cell(value)
    # What acts is drawn as no less than a character: more of the text cannot be needed.
    return _cut(harmless(text[: _MOST_CHARACTERS + 1]))


def _rounded(value: float) -> str:
    if 0 < abs(value) < _SMALL:
        return f"{value:.3g}"
    text = f"{value:.{_DECIMALS}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _cut(text: str) -> str:
    """What fits; of marks that take no room a cell of a terminal holds few, and so does this."""
    if len(text) > _MOST_CHARACTERS:
        text = f"{text[:_MOST_CHARACTERS]}…"
    if _width(text) <= _WIDEST:
        return text
    while _width(text) >= _WIDEST:
        text = text[:-1] if len(text) <= _WIDEST else text[:_WIDEST]
    return f"{text}…"


def _line(cells: Sequence[str], widths: Sequence[int], is_number: Sequence[bool]) -> str:
    padded = [
        _padded(text, width, to_right=to_right)
        for text, width, to_right in zip(cells, widths, is_number, strict=True)
    ]
    return "  ".join(padded).rstrip() + "\n"


def _padded(text: str, width: int, *, to_right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if to_right else text + space


def _width(text: str) -> int:
    """Columns of a terminal: an ideograph takes two, a mark upon a letter none."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
