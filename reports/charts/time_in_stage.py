"""Every stay of a work item in a stage counts here, also the stays that have not ended.

The solid bar ends where half of the stays have ended (P50), the pale one where 85 in 100 have
(P85); where a bar is missing, too many stays are still open to tell. The diamond is the mean stay
within the horizon, the line through it its 95% interval. Colour tells what kind of stage it is: in
a queue nobody works, in a decision or an approval somebody is waited for. A repeat is a stay of an
item that had been in the stage before. Ask of the longest bar that is not active work: who may end
the wait, and by what rule?
"""

from typing import Any

import altair as alt
import polars as pl

from reports import format as words
from reports.charts import rows
from reports.charts.extents import from_zero
from reports.figure import Key
from reports.reading import FEWEST
from reports.table import Table, Tracker, figures, named
from reports.theme import STAGE_KINDS, colour, framed
from reports.tracker_text import readable

QUESTION = "Where does work wait?"

UNMAPPED = "unmapped"

#: Stages drawn; a tracker without configured stages may have thirty statuses.
MOST = 12

_BAR = 12

_MARKS = {
    "row": pl.Int64,
    "name": pl.String,
    "value": pl.String,
    "detail": pl.String,
    "kind": pl.String,
    "p50": pl.Float64,
    "p85": pl.Float64,
    "mean": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "tip": pl.String,
}


def finding(stages: pl.DataFrame) -> str:
    """In which stage most days were waited, of those with stays enough to say.

    Active work is no waiting; it is named only where there is nothing else.
    """
    enough = stages.filter(pl.col("visits") >= FEWEST, pl.col("mean_days").is_not_null())
    if enough.is_empty():
        return QUESTION
    is_waiting = pl.col("stage_kind").ne_missing("active")
    does_wait = not enough.filter(is_waiting).is_empty()
    compared, every = (one.filter(is_waiting) if does_wait else one for one in (enough, stages))
    top = compared.sort("total_days", "stage_rank", descending=[True, False]).row(0, named=True)
    # A stage of few stays may hold more: it is left out, and the sentence must not be about it.
    is_most = top["total_days"] >= every["total_days"].max()
    among = "" if is_most else "Of the stages with stays enough to say, "
    holds = "is where most time is spent waiting" if does_wait else "holds most of the time"
    start = f"{among}{readable(top['stage'], limit=40)} {holds}: "
    if top["p50_days"] is None:
        return f"{start}{words.days(top['mean_days'])} a stay on average, and most have not ended"
    tail = f", 15 in 100 over {words.days(top['p85_days'])}" if top["p85_days"] else ""
    return f"{start}half of the stays last over {words.days(top['p50_days'])}{tail}"


def time_in_stage(stages: pl.DataFrame) -> alt.LayerChart:
    """One row per stage in the order of the flow, at most the `MOST` that hold most days in all.

    Columns as `main.stage_durations`.
    """
    marks = _marks(stages.sort("total_days", "stage", descending=[True, False]).head(MOST))
    reach = from_zero(marks, "p50", "p85", "mean", "high")
    return framed(
        [*_bars(reach), *_mean(reach), *rows.lines(190)],
        data=marks,
        height=rows.height(marks.height),
        description="Days of a stay in each stage: P50, P85 and mean with its interval.",
    )


def table(stages: pl.DataFrame) -> Table:
    """The numbers of the chart."""
    return Table(
        caption="Stays in each stage, in days",
        columns=(
            *named("Stage", "Kind"),
            *figures("Stays", "Open", "Repeat", "Items", "P50", "P85", "Mean", "95% interval"),
        ),
        rows=tuple(
            (
                Tracker(readable(stage["stage"], limit=60)),
                stage["stage_kind"] or UNMAPPED,
                words.whole(stage["visits"]),
                words.whole(stage["open_visits"]),
                words.whole(stage["repeat_visits"]),
                words.whole(stage["items"]),
                words.reached(stage["p50_days"]),
                words.reached(stage["p85_days"]),
                words.reached(stage["mean_days"]),
                _interval(stage["mean_low"], stage["mean_high"]),
            )
            for stage in stages.sort("stage_rank", "stage").iter_rows(named=True)
        ),
    )


def notes(stages: pl.DataFrame) -> tuple[str, ...]:
    """What the chart leaves out."""
    if stages.height <= MOST:
        return ()
    left_out = words.counted(stages.height - MOST, "stage")
    return (f"The {MOST} stages that hold most days in all; {left_out} more in the table.",)


def keys(stages: pl.DataFrame) -> tuple[Key, ...]:
    """The kinds that occur, in a fixed order, and the marks."""
    present = set(stages["stage_kind"].fill_null(UNMAPPED))
    kinds = (Key("bar", kind, kind) for kind in (*STAGE_KINDS, UNMAPPED) if kind in present)
    return (
        *kinds,
        Key("bar", "muted", "up to P50"),
        Key("pale", "muted", "up to P85"),
        Key("diamond", "ink", "mean, 95% interval"),
    )


def _marks(stages: pl.DataFrame) -> pl.DataFrame:
    ordered = stages.sort("stage_rank", "stage").iter_rows(named=True)
    return pl.DataFrame([_mark(row, stage) for row, stage in enumerate(ordered)], schema=_MARKS)


def _mark(row: int, stage: dict[str, Any]) -> dict[str, Any]:
    kind = stage["stage_kind"] or UNMAPPED
    value = _quantiles(stage["p50_days"], stage["p85_days"])
    return {
        "row": row,
        "name": readable(stage["stage"], limit=40),
        "value": value,
        "detail": f"{kind}, {_stays(stage)}",
        "kind": kind,
        "p50": stage["p50_days"],
        "p85": stage["p85_days"],
        "mean": stage["mean_days"],
        "low": stage["mean_low"],
        "high": stage["mean_high"],
        "tip": f"{value}, mean {_in_days(stage['mean_days'])}",
    }


def _quantiles(half: float | None, most: float | None) -> str:
    """Both in as few words as fit beside a name: where half have not ended, most have not."""
    if half is None:
        return "P50 and P85 not reached"
    return f"P50 {_in_days(half)}, P85 {_in_days(most)}"


def _stays(stage: dict[str, Any]) -> str:
    parts = [words.counted(stage["visits"], "stay")]
    if stage["open_visits"]:
        parts.append(f"{words.whole(stage['open_visits'])} open")
    if stage["repeat_visits"]:
        parts.append(f"{words.whole(stage['repeat_visits'])} repeat")
    return ", ".join(parts)


def _bars(reach: alt.Scale) -> tuple[alt.Chart, ...]:
    bar = alt.Chart().mark_bar(height=_BAR, yOffset=rows.MARKS_AT)
    shared = {"y": rows.place(), "color": _kind_colour(), "tooltip": alt.Tooltip("tip:N")}
    return (
        bar.encode(x=_length("p85", reach), opacity=alt.value(0.35), **shared),
        bar.encode(x=_length("p50", reach), **shared),
    )


def _mean(reach: alt.Scale) -> tuple[alt.Chart, ...]:
    line = alt.Chart().mark_rule(strokeWidth=2, yOffset=rows.MARKS_AT, color=colour("ink"))
    point = alt.Chart().mark_point(
        shape="diamond", filled=True, opacity=1, size=70, yOffset=rows.MARKS_AT, color=colour("ink")
    )
    return (
        line.encode(x=_length("low", reach), x2="high", y=rows.place()),
        point.encode(x=_length("mean", reach), y=rows.place(), tooltip=alt.Tooltip("tip:N")),
    )


def _length(field: str, reach: alt.Scale) -> alt.X:
    return alt.X(f"{field}:Q", axis=rows.scale_line("calendar days"), scale=reach)


def _kind_colour() -> alt.Color:
    kinds = [*STAGE_KINDS, UNMAPPED]
    scale = alt.Scale(domain=kinds, range=[colour(kind) for kind in kinds])
    return alt.Color("kind:N", scale=scale, legend=None)


def _in_days(length: float | None) -> str:
    return "not reached" if length is None else f"{words.day_number(length)} d"


def _interval(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{words.reached(low)} to {words.reached(high)}"
