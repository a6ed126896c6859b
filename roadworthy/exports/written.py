"""Values as logs of process mining have them: text that is harmless wherever it is opened."""

from datetime import datetime
from typing import Any

import polars as pl

from roadworthy.harmless import harmless

#: A title may be a megabyte; the tables have it whole.
_LONGEST = 1000

#: No XML may hold these, and no category tells them from those it may hold.
_NO_CHARACTERS = {0xFFFE: "⟨U+FFFE⟩", 0xFFFF: "⟨U+FFFF⟩"}


def text(value: str) -> str:
    """The text, cut to what a name needs, with every character drawn that would act."""
    cut = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
    return harmless(cut).translate(_NO_CHARACTERS)


def written(value: Any) -> str:  # noqa: ANN401 - whatever an attribute may hold
    """A value as text: an instant as 2026-03-31T12:00:00Z, true and false in small letters."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)


def kind_of(data_type: pl.DataType) -> str:
    """The type of an attribute, in the words of OCEL; a day is no instant, and stays text."""
    if data_type == pl.Boolean:
        return "boolean"
    if data_type.is_integer():
        return "integer"
    if data_type.is_float():
        return "float"
    return "time" if data_type == pl.Datetime else "string"
