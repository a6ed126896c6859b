"""The declared changes to the system, as labelled rules on any chart whose axis is days."""

from datetime import date

import altair as alt
import polars as pl

from reports.charts import dates
from reports.charts.dates import Window
from reports.theme import colour
from reports.tracker_text import readable

#: Labels of changes close to one another stand on this many lines, in turn, each so many pixels up.
_LABEL_LINES = 3
_LABEL_STEP = 14
_LABEL_AT = -8
_ASIDE = 3
_LETTER = 6
"""Pixels of a letter."""


def declared_changes(interventions: pl.DataFrame, window: Window) -> tuple[alt.Chart, ...]:
    """A dashed rule and its label for each intervention within the window."""
    inside = interventions.filter(pl.col("effective_on").is_between(*window))
    ordered = inside.sort("effective_on", "intervention").iter_rows(named=True)
    return tuple(
        layer
        for number, change in enumerate(ordered)
        for layer in (
            _rule(change["effective_on"], window),
            _label(change["intervention"], change["effective_on"], window, number),
        )
    )


def _rule(day: date, window: Window) -> alt.Chart:
    rule: alt.Chart = (
        alt.Chart(pl.DataFrame({"day": [dates.written(day)]}))
        .mark_rule(strokeDash=[4, 3], strokeWidth=1.5, color=colour("intervention"))
        .encode(x=dates.on("day", window))
    )
    return rule


def _label(name: str, day: date, window: Window, number: int) -> alt.Chart:
    """The name, on the side of the rule where the chart has room for it."""
    said = readable(name, limit=34)
    before = (day - window[0]) / (window[1] - window[0])
    # As wide as the chart is drawn: on a telephone a name has less room than on a wall.
    is_late = f"{before:.3f} > 0.5 && width * {1 - before:.3f} < {len(said) * _LETTER}"
    line = number % _LABEL_LINES
    label: alt.Chart = (
        alt.Chart(pl.DataFrame({"day": [dates.written(day)], "label": [said]}))
        .mark_text(
            align=alt.ExprRef(expr=f"{is_late} ? 'right' : 'left'"),
            limit=alt.ExprRef(expr=f"width * ({is_late} ? {before:.3f} : {1 - before:.3f})"),
            dx=alt.ExprRef(expr=f"{is_late} ? {-_ASIDE} : {_ASIDE}"),
            fontSize=11,
            color=colour("intervention"),
        )
        .encode(
            x=dates.on("day", window), y=alt.value(_LABEL_AT - _LABEL_STEP * line), text="label:N"
        )
    )
    return label
