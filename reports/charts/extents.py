"""How far an axis reaches, stated from the data drawn.

A scale left to the browser warns in its console where a field holds no number at all.
"""

import math

import altair as alt
import polars as pl

_NOTHING = 1.0
_LEAST_OF_LOG = 0.1

#: Pixels for the labels of a vertical axis, so that the days of all series stand in line.
_AXIS_WIDTH = 44


def from_zero(marks: pl.DataFrame, *fields: str) -> alt.Scale:
    """A scale from zero to the largest number of the fields; to one where there is none."""
    largest = max((_largest(marks[field]) for field in fields), default=_NOTHING)
    return alt.Scale(domain=[0, largest or _NOTHING], nice=True)


def around_zero(marks: pl.DataFrame, *fields: str) -> alt.Scale:
    """The same scale, which begins below zero where a number lies there."""
    scale = from_zero(marks, *fields)
    least = min((min(marks[field].drop_nulls(), default=0.0) for field in fields), default=0.0)
    return alt.Scale(domain=[min(0.0, least), scale.domain[1]], nice=True)


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


def decades(*numbers: pl.Series) -> list[float]:
    """The powers of ten of a logarithmic axis that holds the numbers, none below a tenth.

    What is less than the first of them is drawn there: an hour and no time at all look alike.
    """
    known = [number for series in numbers for number in series.drop_nulls().to_list()] or [1.0]
    least, most = (math.log10(max(end, _LEAST_OF_LOG)) for end in (min(known), max(known)))
    first = math.floor(least)
    return [10.0**power for power in range(first, max(math.ceil(most), first + 1) + 1)]


def logarithmic(steps: list[float]) -> alt.Scale:
    """A logarithmic scale from the first of the steps to the last."""
    return alt.Scale(type="log", domain=[steps[0], steps[-1]], clamp=True)
