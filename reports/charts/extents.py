"""How far an axis reaches, stated from the data drawn.

A scale left to the browser warns in its console where a field holds no number at all.
"""

import altair as alt
import polars as pl

_NOTHING = 1.0

#: Pixels for the labels of a vertical axis, so that the days of all series stand in line.
_AXIS_WIDTH = 44


def from_zero(marks: pl.DataFrame, *fields: str) -> alt.Scale:
    """A scale from zero to the largest number of the fields; to one where there is none."""
    largest = max((_largest(marks[field]) for field in fields), default=_NOTHING)
    return alt.Scale(domain=[0, largest or _NOTHING], nice=True)


def height(unit: str, field: str, reach: alt.Scale) -> alt.Y:
    """The vertical place of a share in per cent or of a length in days."""
    is_share = unit == "share"
    axis = alt.Axis(
        title=None,
        tickCount=4,
        format=".0%" if is_share else ",.2~f",
        labelExpr=alt.Undefined if is_share else "datum.label + ' d'",
        minExtent=_AXIS_WIDTH,
    )
    return alt.Y(f"{field}:Q", axis=axis, scale=reach)


def _largest(numbers: pl.Series) -> float:
    known = numbers.drop_nulls().to_list()
    return float(max(known, default=0))
