"""How far an axis reaches, stated from the data drawn.

A scale left to the browser warns in its console where a field holds no number at all.
"""

import altair as alt
import polars as pl

_NOTHING = 1.0


def from_zero(marks: pl.DataFrame, *fields: str) -> alt.Scale:
    """A scale from zero to the largest number of the fields; to one where there is none."""
    largest = max((_largest(marks[field]) for field in fields), default=_NOTHING)
    return alt.Scale(domain=[0, largest or _NOTHING], nice=True)


def _largest(numbers: pl.Series) -> float:
    known = numbers.drop_nulls().to_list()
    return float(max(known, default=0))
