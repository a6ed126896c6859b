"""Every point is a week of entry: what was handed over, promised or created in that week.

The band is the 95% interval. Work is followed for the same time whichever week it entered, and work
without an outcome counts as open. A week too recent to have been followed that long is not drawn,
for it would always look better than it is; nor is a share of fewer than twenty. A dashed line marks
a declared change to the system. That a series moves after a line does not show that the change
moved it.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import altair as alt
import polars as pl

from reports import format as words
from reports.charts import dates
from reports.charts.dates import Window
from reports.charts.declared_changes import declared_changes
from reports.charts.extents import from_zero, height
from reports.figure import Key
from reports.measures import Measure, measure
from reports.reading import FEWEST, Reading, amount, interval, too_few
from reports.table import Table, figures, named
from reports.theme import colour, framed

QUESTION = "Week by week"

KEYS = (
    Key("dot", "estimate", "week of entry"),
    Key("band", "estimate", "95% interval"),
    Key("dash", "intervention", "declared change"),
)

_HEIGHT = 190

_MARKS = {
    "week": pl.String,
    "estimate": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "tip": pl.String,
}


@dataclass(frozen=True, kw_only=True)
class Series:
    """The weeks of one metric and the window all series of a page share."""

    measure: Measure
    weeks: pl.DataFrame
    window: Window

    @property
    def drawn(self) -> pl.DataFrame:
        """The weeks that may be drawn: mature, told, and for a share not of too few."""
        enough = pl.col("items") >= (FEWEST if self.measure.unit == "share" else 1)
        return self.weeks.filter(pl.col("is_mature"), pl.col("estimate").is_not_null(), enough)


def series(weekly: pl.DataFrame, metric: str, window: Window) -> Series:
    """The series of one metric out of the weekly metrics of one scope."""
    weeks = weekly.filter(pl.col("metric") == metric).sort("week_on")
    return Series(measure=measure(metric), weeks=weeks, window=window)


def shared_window(weekly: pl.DataFrame) -> Window | None:
    """First week to the end of the last one over all metrics; null where there is no week."""
    if weekly.is_empty():
        return None
    weeks = weekly["week_on"].sort()
    return (weeks[0], weeks[-1] + timedelta(days=7))


def finding(shown: Series, overall: Reading) -> str:
    """The metric, and its value over the whole window where that can be told."""
    name = words.sentence(shown.measure.words)
    return f"{name}: {overall.value} over the whole window" if overall.is_told else name


def weekly_series(shown: Series, interventions: pl.DataFrame) -> alt.LayerChart:
    """A line of weeks with its band, and a labelled rule per intervention within the window.

    A week that may not be drawn keeps its place without an estimate, so that the line breaks.
    """
    weeks = shown.weeks.join(shown.drawn.select("week_on", is_drawn=True), on="week_on", how="left")
    drawn = [_mark(week, shown.measure) for week in weeks.sort("week_on").iter_rows(named=True)]
    marks = pl.DataFrame(drawn, schema=_MARKS)
    return framed(
        [
            *_estimates(shown, from_zero(marks, "estimate", "high")),
            *declared_changes(interventions, shown.window),
        ],
        data=marks,
        height=_HEIGHT,
        description=f"{words.sentence(shown.measure.words)} by week of entry, with its interval.",
    )


def table(shown: Series) -> Table:
    """Every week, also those that are not drawn, with the reason."""
    return Table(
        caption=f"{words.sentence(shown.measure.words)} by week of entry",
        columns=(
            *named("Week of"),
            *figures("Estimate", "95% interval", words.sentence(shown.measure.subjects), "Open"),
        ),
        rows=tuple(_table_row(week, shown.measure) for week in shown.weeks.iter_rows(named=True)),
    )


def notes(shown: Series) -> tuple[str, ...]:
    """How many weeks are not drawn, and why."""
    recent = shown.weeks.filter(~pl.col("is_mature")).height
    rest = shown.weeks.height - recent - shown.drawn.height
    reasons = (
        (recent, "too recent to be judged"),
        (rest, f"with fewer than {FEWEST} {shown.measure.subjects} or no estimate"),
    )
    left_out = [f"{words.counted(count, 'week')} {why}" for count, why in reasons if count]
    return (f"Not drawn: {words.listed(left_out)}.",) if left_out else ()


def _table_row(week: dict[str, Any], measured: Measure) -> tuple[str, ...]:
    value, between = _told(week, measured)
    return (
        words.calendar_day(week["week_on"]),
        value,
        between,
        words.whole(week["items"]),
        words.whole(week["open_items"]),
    )


def _told(week: dict[str, Any], measured: Measure) -> tuple[str, str]:
    if not week["is_mature"]:
        return "too recent", ""
    if measured.unit == "share" and week["items"] < FEWEST:
        return too_few(week["items"]), ""
    if week["estimate"] is None:
        return "cannot be told", ""
    if week["low"] is None or week["high"] is None:
        return amount(week["estimate"], measured), ""
    return amount(week["estimate"], measured), interval(week["low"], week["high"], measured)


def _mark(week: dict[str, Any], measured: Measure) -> dict[str, Any]:
    value, between = _told(week, measured)
    counted = words.counted(week["items"], measured.subject, measured.subjects)
    told = f"{value} ({between})" if between else value
    is_drawn = week["is_drawn"]
    return {
        "week": dates.written(week["week_on"]),
        "estimate": week["estimate"] if is_drawn else None,
        "low": week["low"] if is_drawn else None,
        "high": week["high"] if is_drawn else None,
        "tip": f"Week of {words.calendar_day(week['week_on'])}: {told}, {counted}"
        if is_drawn
        else None,
    }


def _estimates(shown: Series, reach: alt.Scale) -> tuple[alt.Chart, ...]:
    hue = colour("estimate")
    week, unit = dates.on("week", shown.window), shown.measure.unit
    band = alt.Chart().mark_area(opacity=0.18, color=hue)
    line = alt.Chart().mark_line(strokeWidth=1.5, color=hue)
    dot = alt.Chart().mark_point(filled=True, opacity=1, size=34, color=hue, invalid="filter")
    return (
        band.encode(x=week, y=height(unit, "low", reach), y2="high"),
        line.encode(x=week, y=height(unit, "estimate", reach)),
        dot.encode(x=week, y=height(unit, "estimate", reach), tooltip=alt.Tooltip("tip:N")),
    )
