"""Days of the average item that a cause costs beyond what is normal, open items counted.

The bar is what would be saved if the cause took no more than is normal, the line its 95% interval;
the pale bar is all the time that the cause owns. Long work is not compared: it is not a fault of
governance. The days do not add up, for time saved in one place may be spent waiting at the next.
Ask of the longest bar: which rule makes this wait, and who may change it?
"""

from typing import Any

import altair as alt
import polars as pl

from reports import format as words
from reports.causes import (
    NO_FIRST,
    SOURCES,
    STANDINGS,
    cause_in_words,
    first_cause,
    without_first,
)
from reports.charts import rows
from reports.charts.extents import around_zero
from reports.figure import Key
from reports.table import Table, Tracker, figures, named
from reports.theme import colour, framed
from reports.tracker_text import readable

QUESTION = "Which cause costs most days beyond what is normal?"

KEYS = (
    Key("bar", "rejected", "beyond normal"),
    Key("pale", "muted", "all of its time"),
    Key("line", "ink", "95% interval"),
)

#: Causes drawn; those after them cost little.
MOST = 6

_BAR = 12
_MARKS = {
    "row": pl.Int64,
    "name": pl.String,
    "value": pl.String,
    "detail": pl.String,
    "all": pl.Float64,
    "excess": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "tip": pl.String,
}


def finding(causes: pl.DataFrame) -> str:
    """The cause that costs most, and how sure that is."""
    row = first_cause(causes)
    if row is None:
        return words.sentence(without_first(causes)) or QUESTION
    if row["verdict"] not in ("constraint", "depends_on_what_is_normal"):
        return words.sentence(NO_FIRST)
    sure = words.share(row["probability_first"])
    return f"{cause_in_words(row['cause'])} costs most, in {sure} of all draws of the weeks"


def excess_days(causes: pl.DataFrame) -> alt.LayerChart:
    """One row per ranked cause, the largest first; columns as `main.constraints`."""
    ranked = causes.filter(pl.col("rank").is_not_null()).sort("rank").head(MOST)
    told = [_mark(place, row) for place, row in enumerate(ranked.iter_rows(named=True))]
    marks = pl.DataFrame(told, schema=_MARKS)
    reach = around_zero(marks, "all", "low", "high")
    return framed(
        [*_bars(reach), *rows.lines(rows.room(marks["value"]))],
        data=marks,
        height=rows.height(marks.height),
        description="Days per item beyond normal by cause, with their intervals.",
    )


def table(causes: pl.DataFrame) -> Table:
    """Every cause, also those that are compared with nothing."""
    ordered = causes.sort("rank", "days_per_item", descending=[False, True], nulls_last=True)
    return Table(
        caption="Every cause of time, and what of it is beyond normal, in days per item",
        columns=(
            *named("Cause"),
            *figures("All", "Normal", "Beyond", "95% interval", "First in"),
            *named("Normal is", "What may be said"),
        ),
        rows=tuple(_table_row(row) for row in ordered.iter_rows(named=True)),
    )


def notes(causes: pl.DataFrame) -> tuple[str, ...]:
    """What the chart leaves out."""
    ranked = causes["rank"].count()
    without = causes.filter(pl.col("verdict") == "no_benchmark").height
    told = []
    if ranked > MOST:
        told.append(
            f"The {MOST} largest; {words.counted(ranked - MOST, 'cause')} more in the table."
        )
    if without:
        told.append(
            f"{words.sentence(words.counted(without, 'cause'))} with no named normal: declare one "
            "under [benchmarks] in roadworthy.toml to have it compared."
        )
    return tuple(told)


def _mark(place: int, row: dict[str, Any]) -> dict[str, Any]:
    beyond = words.day_number(max(0.0, row["excess_days"]))
    return {
        "row": place,
        "name": cause_in_words(row["cause"]),
        "value": f"{beyond} days",
        "detail": f"normal: {SOURCES[row['benchmark_source']]}; {_in_all(row)}",
        "all": row["days_per_item"] + row["loop_days"],
        "excess": max(0.0, row["excess_days"]),
        "low": row["excess_low"],
        "high": row["excess_high"],
        "tip": f"{beyond} of {words.day_number(row['days_per_item'] + row['loop_days'])} days",
    }


def _in_all(row: dict[str, Any]) -> str:
    """All the time that a cause accounts for; of a queue also that of work sent back to it."""
    total = f"{words.days(row['days_per_item'] + row['loop_days'])} in all"
    if round(row["loop_days"], 1) <= 0:
        return total
    return f"{total}, {words.day_number(row['loop_days'])} of them after work was sent back"


def _bars(reach: alt.Scale) -> tuple[alt.Chart, ...]:
    bar = alt.Chart().mark_bar(height=_BAR, yOffset=rows.MARKS_AT)
    line = alt.Chart().mark_rule(strokeWidth=2, yOffset=rows.MARKS_AT, color=colour("ink"))
    tip = alt.Tooltip("tip:N")

    def length(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=rows.scale_line("days per item"), scale=reach)

    return (
        bar.encode(
            x=length("all"),
            y=rows.place(),
            color=alt.value(colour("muted")),
            opacity=alt.value(0.35),
            tooltip=tip,
        ),
        bar.encode(
            x=length("excess"), y=rows.place(), color=alt.value(colour("rejected")), tooltip=tip
        ),
        line.encode(x=length("low"), x2="high", y=rows.place()),
    )


def _table_row(row: dict[str, Any]) -> tuple[Tracker | str, ...]:
    name = Tracker(readable(cause_in_words(row["cause"], limit=80), limit=100))
    total = words.day_number(row["days_per_item"] + row["loop_days"])
    if row["rank"] is None:
        return (name, total, "", "", "", "", SOURCES["none"], STANDINGS[row["verdict"]])
    return (
        name,
        total,
        words.day_number(row["benchmark_days"]),
        words.signed(row["excess_days"]),
        words.signed_interval(row["excess_low"], row["excess_high"]),
        words.share(row["probability_first"]),
        SOURCES[row["benchmark_source"]],
        STANDINGS[row["verdict"]],
    )
