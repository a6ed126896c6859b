"""The dot counts the handoffs at which the rule passed, the ring those that would pass today.

The line between them is hindsight: somebody completed the item after it had been handed over, and
the record now looks better than the handoff was. A judgement on the values of today would show the
ring only. Ask who filled the gap, and what waiting for it cost.
"""

from typing import Any

import altair as alt
import polars as pl

from reports import format as words
from reports.charts import rows
from reports.charts.extents import from_zero
from reports.figure import Key
from reports.reading import Reading
from reports.table import Table, figures, named
from reports.theme import colour, framed
from reports.tracker_text import readable

QUESTION = "How much was filled in only after the handoff?"

KEYS = (
    Key("dot", "estimate", "passed at the handoff"),
    Key("ring", "hindsight", "passes on the values of today"),
)

_MARKS = {
    "row": pl.Int64,
    "name": pl.String,
    "value": pl.String,
    "detail": pl.String,
    "passes": pl.Int64,
    "passes_now": pl.Int64,
}


def finding(at_handoff: Reading, now: Reading) -> str:
    """The pass rate at the handoff beside the one on the values of today."""
    if not (at_handoff.is_told and now.is_told):
        return QUESTION
    hindsight = f"judged on today's values it would be {now.value}"
    return f"{at_handoff.value} of handoffs were ready; {hindsight}"


def readiness_hindsight(rules: pl.DataFrame) -> alt.LayerChart:
    """One pair of dots per rule; columns as `main.readiness_rules`."""
    ordered = rules.sort("rule_number", "rule").iter_rows(named=True)
    marks = pl.DataFrame([_mark(row, rule) for row, rule in enumerate(ordered)], schema=_MARKS)
    return framed(
        [*_pair(from_zero(marks, "passes", "passes_now")), *rows.lines(rows.room(marks["value"]))],
        data=marks,
        height=rows.height(marks.height),
        description="Checks passed at the handoff and on the values of today, per rule.",
    )


def table(rules: pl.DataFrame) -> Table:
    """The numbers of the chart."""
    return Table(
        caption="Checks passed at the handoff, filled in later, and passed today",
        columns=(
            *named("Rule"),
            *figures("Judged", "Passed at the handoff", "Filled in later", "Pass today"),
        ),
        rows=tuple(
            (
                readable(rule["rule"], limit=60),
                words.whole(rule["passes"] + rule["fails"]),
                words.whole(rule["passes"]),
                words.whole(rule["filled_later"]),
                words.whole(rule["passes_now"]),
            )
            for rule in rules.sort("rule_number", "rule").iter_rows(named=True)
        ),
    )


def _mark(row: int, rule: dict[str, Any]) -> dict[str, Any]:
    then, now = words.whole(rule["passes"]), words.whole(rule["passes_now"])
    return {
        "row": row,
        "name": readable(rule["rule"], limit=60),
        "value": f"{then} then, {now} today",
        "detail": f"{words.whole(rule['fails'])} failed, "
        f"{words.whole(rule['filled_later'])} of them filled in later",
        "passes": rule["passes"],
        "passes_now": rule["passes_now"],
    }


def _pair(reach: alt.Scale) -> tuple[alt.Chart, ...]:
    line = alt.Chart().mark_rule(
        strokeWidth=3, opacity=0.45, yOffset=rows.MARKS_AT, color=colour("hindsight")
    )
    then = alt.Chart().mark_point(
        filled=True, opacity=1, size=110, yOffset=rows.MARKS_AT, color=colour("estimate")
    )
    now = alt.Chart().mark_point(
        filled=False, size=130, strokeWidth=2, yOffset=rows.MARKS_AT, color=colour("hindsight")
    )
    return (
        rows.track(),
        line.encode(x=_count("passes", reach), x2="passes_now", y=rows.place()),
        then.encode(x=_count("passes", reach), y=rows.place()),
        now.encode(x=_count("passes_now", reach), y=rows.place()),
    )


def _count(field: str, reach: alt.Scale) -> alt.X:
    return alt.X(f"{field}:Q", axis=rows.counts("handoffs checked"), scale=reach)
