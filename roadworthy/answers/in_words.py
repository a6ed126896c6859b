"""One row of an answer as a line of plain words, after a template such as ``{stage}: {share:%}``.

``{n}`` is a number with at most one decimal, a day, or a text; ``{n:.2}`` has two decimals,
``{n:%}`` is a share as 41 %, and ``{n:100}`` the same without its sign, as in *37 to 45 %*.
"""

import string
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from roadworthy.answers.cells import cell
from roadworthy.harmless import harmless

#: From here on a decimal is noise.
_MANY = 100
_NO_VALUE = "\N{EN DASH}"
_MINUS = "\N{MINUS SIGN}"


def in_words(template: str, row: Mapping[str, object]) -> str:
    """The line.

    Raises:
        KeyError: the template names a column that the row does not have.
    """
    return _Words().vformat(template, (), row)


class _Words(string.Formatter):
    """Fields as people write them."""

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - any column
        if value is None:
            return _NO_VALUE
        if format_spec in {"%", "100"}:
            percent = _figure(100 * value, 1 if 0 < abs(100 * value) < 1 else 0)
            return f"{percent} %" if format_spec == "%" else percent
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int | float):
            usual = 0 if isinstance(value, int) or abs(value) >= _MANY else 1
            return _figure(value, int(format_spec.removeprefix(".") or usual))
        if isinstance(value, list):
            return harmless(", ".join(map(cell, value))) or _NO_VALUE
        return harmless(cell(_day(value)))


def _figure(value: float, decimals: int) -> str:
    """The number, and no minus before a nought."""
    text = f"{value:,.{decimals}f}"
    return text.lstrip("-") if float(text.replace(",", "")) == 0 else text.replace("-", _MINUS)


def _day(value: object) -> object:
    return value.date() if isinstance(value, datetime) else value
