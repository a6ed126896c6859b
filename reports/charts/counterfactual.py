"""What was seen, and what would have been without the change.

Every dot is a week or month of entry of the teams that the change concerned, with the interval of
chance alone. The band after the change is what the same teams would have had without it, judging by
the comparison teams and the time before. Where the dots lie outside the band, the change has moved
them. While it was being brought in, nothing counts. A time too recent to be judged has no dot: its
open work is in the table, and nothing is guessed of it.
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
from reports.reading import amount, interval, told_share
from reports.table import Table, figures, named
from reports.theme import colour, framed
from reports.verdicts import change_in_words

QUESTION = "What would have been?"

KEYS = (
    Key("dot", "estimate", "what was seen"),
    Key("band", "hindsight", "what would have been, 95% interval"),
    Key("line", "promised", "comparison teams"),
    Key("box", "line", "being brought in"),
    Key("dash", "intervention", "declared change"),
)

_HEIGHT = 260
_PHASES = {"before": "before", "washout": "being brought in", "after": "after"}
_MARKS = {
    "bucket": pl.String,
    "observed": pl.Float64,
    "observed_low": pl.Float64,
    "observed_high": pl.Float64,
    "comparison": pl.Float64,
    "counterfactual": pl.Float64,
    "counterfactual_low": pl.Float64,
    "counterfactual_high": pl.Float64,
    "tip": pl.String,
}


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One change and one metric: its effect, and the buckets behind it."""

    effect: dict[str, Any]
    buckets: pl.DataFrame

    @property
    def measure(self) -> Measure:
        """The words of the metric."""
        return measure(self.effect["metric"])

    @property
    def window(self) -> Window:
        """First bucket to the end of the last one."""
        days = self.buckets["bucket_on"].sort()
        return (days[0], days[-1] + self.bucket_length)

    @property
    def bucket_length(self) -> timedelta:
        """How long a bucket is, at most."""
        return timedelta(days=31 if self.effect["bucket"] == "month" else 7)


def finding(shown: Comparison) -> str:
    """The verdict as a sentence."""
    return change_in_words(shown.effect)


def counterfactual(shown: Comparison, interventions: pl.DataFrame) -> alt.LayerChart:
    """Dots with their intervals, the band of what would have been, the comparison, the washout."""
    rows = shown.buckets.sort("bucket_on").iter_rows(named=True)
    marks = pl.DataFrame([_mark(row, shown.measure) for row in rows], schema=_MARKS)
    reach = from_zero(marks, "observed", "counterfactual_high", "comparison")
    return framed(
        [
            *_washout(shown),
            *_without(shown, reach),
            *_seen(shown, reach),
            *declared_changes(interventions, shown.window),
        ],
        data=marks,
        height=_HEIGHT,
        description=f"{words.sentence(shown.measure.words)} of the teams concerned by time of "
        "entry, and what would have been without the change.",
    )


def table(shown: Comparison) -> Table:
    """Every bucket with what it counts."""
    subjects = words.sentence(shown.measure.subjects)
    rows = shown.buckets.sort("bucket_on").iter_rows(named=True)
    return Table(
        caption=f"{words.sentence(shown.measure.words)} before and after",
        columns=(
            *named(f"{words.sentence(shown.effect['bucket'] or 'week')} of", "Time"),
            *figures("Seen", "Would have been", "Comparison", subjects, "Open"),
        ),
        rows=tuple(_table_row(row, shown.measure) for row in rows),
    )


def _table_row(row: dict[str, Any], of: Measure) -> tuple[str, ...]:
    seen = _seen_in_words(row, of) if row["observed"] is not None else "too recent"
    without, comparison = row["counterfactual_low"], row["comparison"]
    return (
        words.calendar_day(row["bucket_on"]),
        _PHASES[row["phase"]],
        seen,
        interval(without, row["counterfactual_high"], of) if without is not None else "",
        amount(comparison, of) if comparison is not None else "",
        words.whole(row["items"]),
        words.whole(row["open_items"]),
    )


def _seen_in_words(row: dict[str, Any], of: Measure) -> str:
    """What was seen; a share of fewer than twenty is drawn with its interval, and not told."""
    if of.unit == "share":
        return told_share(row["observed"], row["items"])
    return amount(row["observed"], of)


def _mark(row: dict[str, Any], of: Measure) -> dict[str, Any]:
    told = "too recent to be judged"
    if row["observed"] is not None:
        counted = words.counted(row["items"], of.subject, of.subjects)
        told = f"{_seen_in_words(row, of)}, of {counted}"
    return {
        "bucket": dates.written(row["bucket_on"]),
        **{name: row[name] for name in _MARKS if name in row},
        "tip": f"{words.calendar_day(row['bucket_on'])}: {told}",
    }


def _washout(shown: Comparison) -> tuple[alt.Chart, ...]:
    """A shade over the time in which the change was brought in."""
    days = shown.buckets.filter(pl.col("phase") == "washout")["bucket_on"].sort()
    if days.is_empty():
        return ()
    edges = [
        {"span": span, "day": dates.written(edge)}
        for span, day in enumerate(days.to_list())
        for edge in (day, day + shown.bucket_length)
    ]
    shade: alt.Chart = (
        alt.Chart(pl.DataFrame(edges))
        .mark_area(color=colour("line"), opacity=0.6)
        .encode(
            x=dates.on("day", shown.window),
            y=alt.value(0),
            y2=alt.value("height"),
            detail="span:N",
        )
    )
    return (shade,)


def _without(shown: Comparison, reach: alt.Scale) -> tuple[alt.Chart, ...]:
    at, unit = dates.on("bucket", shown.window), shown.measure.unit
    hue, other = colour("hindsight"), colour("promised")
    band = alt.Chart().mark_area(opacity=0.25, color=hue)
    line = alt.Chart().mark_line(strokeWidth=1.5, color=hue, strokeDash=[2, 2])
    rest = alt.Chart().mark_line(strokeWidth=1.2, color=other, opacity=0.8)
    told = (
        (
            band.encode(
                x=at, y=height(unit, "counterfactual_low", reach), y2="counterfactual_high"
            ),
            "counterfactual",
        ),
        (line.encode(x=at, y=height(unit, "counterfactual", reach)), "counterfactual"),
        (rest.encode(x=at, y=height(unit, "comparison", reach)), "comparison"),
    )
    return tuple(layer for layer, field in told if shown.buckets[field].is_not_null().any())


def _seen(shown: Comparison, reach: alt.Scale) -> tuple[alt.Chart, ...]:
    at, unit = dates.on("bucket", shown.window), shown.measure.unit
    hue = colour("estimate")
    chance = alt.Chart().mark_rule(strokeWidth=1, opacity=0.35, color=hue, clip=True)
    dot = alt.Chart().mark_point(filled=True, opacity=1, size=34, color=hue, invalid="filter")
    return (
        chance.encode(x=at, y=height(unit, "observed_low", reach), y2="observed_high"),
        dot.encode(x=at, y=height(unit, "observed", reach), tooltip=alt.Tooltip("tip:N")),
    )
