"""The anatomy of a chart of named rows: a heading line, a line of detail, and marks below.

Names stand above their marks instead of beside them, so that a row reads as well on a telephone
as on a wall. A frame of rows has `row` (from 0, top to bottom), `name`, `value`, `detail`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt
import polars as pl

from reports.theme import colour

#: Pixels from one row to the next, and from the middle of a row to its lines and marks.
STEP = 72
_NAME_AT = -24
_DETAIL_AT = -6
MARKS_AT = 12

#: Pixels kept for the value at the right of a name; those of one letter of it, and before it.
_VALUE_WIDTH = 130
_LETTER = 8
_GAP = 12

_ESTIMATES = {
    "row": pl.Int64,
    "name": pl.String,
    "value": pl.String,
    "detail": pl.String,
    "rate": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
}


def place() -> alt.Y:
    """The vertical place of a row; its name is drawn in the chart, not on an axis."""
    return alt.Y("row:O", axis=None, scale=alt.Scale(padding=0))


def height(rows: int) -> int:
    """The height in pixels of a chart of so many rows."""
    return STEP * max(rows, 1)


def lines(value_width: int = _VALUE_WIDTH) -> tuple[alt.Chart, ...]:
    """Name at the left, value at the right, detail below them."""
    name = alt.Chart().mark_text(
        align="left", dy=_NAME_AT, fontWeight=600, limit=_width_less(value_width)
    )
    value = alt.Chart().mark_text(align="right", dy=_NAME_AT, limit=value_width)
    detail = alt.Chart().mark_text(
        align="left", dy=_DETAIL_AT, fontSize=12, color=colour("muted"), limit=_width_less(0)
    )
    return (
        name.encode(x=alt.value(0), y=place(), text="name:N"),
        value.encode(x=alt.value("width"), y=place(), text="value:N"),
        detail.encode(x=alt.value(0), y=place(), text="detail:N"),
    )


def room(values: pl.Series) -> int:
    """Pixels that the longest of the values takes; what it leaves is for the names."""
    return max((len(value) for value in values), default=0) * _LETTER + _GAP


def track() -> alt.Chart:
    """A hair line through the marks of a row, as wide as the chart; it belongs behind them."""
    hair = alt.Chart().mark_rule(yOffset=MARKS_AT, color=colour("line"))
    drawn: alt.Chart = hair.encode(x=alt.value(0), x2=alt.value("width"), y=place())
    return drawn


def scale_line(title: str, kind: str = ",~f") -> alt.Axis:
    """An axis below the rows: labels and a title, no grid, for every row states its value."""
    return alt.Axis(title=title, format=kind, tickCount=5, grid=False)


def counts(title: str) -> alt.Axis:
    """An axis of counts: there is no half of a change."""
    return alt.Axis(title=title, format=",d", tickCount=5, tickMinStep=1, grid=False)


def _width_less(pixels: int) -> alt.ExprRef:
    return alt.ExprRef(expr=f"width - {pixels}")


def shares(title: str) -> alt.Axis:
    """An axis of shares in per cent."""
    return scale_line(title, ".0%")


def with_intervals(marks: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows that :func:`estimates` draws: each with a share in 0 to 1 and its interval, or nulls."""
    return pl.DataFrame(list(marks), schema=_ESTIMATES)


def estimates(hue: str, axis: alt.Axis) -> tuple[alt.Chart, ...]:
    """A dot at `rate` on a line from `low` to `high`; nothing where they are null."""
    line = alt.Chart().mark_rule(strokeWidth=3, opacity=0.45, yOffset=MARKS_AT, color=hue)
    dot = alt.Chart().mark_point(
        filled=True, opacity=1, size=110, yOffset=MARKS_AT, color=hue, invalid="filter"
    )
    scale = alt.Scale(domain=[0, 1])
    return (
        track(),
        line.encode(x=alt.X("low:Q", axis=axis, scale=scale), x2="high", y=place()),
        dot.encode(x=alt.X("rate:Q", axis=axis, scale=scale), y=place()),
    )
