"""Each rule of the definition of ready is judged on the item as it stood when it was handed over.

What was filled in afterwards does not count. The dot is the share of checks that failed, the line
its 95% interval. A rule that fails often and does not make rejection more likely may be bureaucracy
rather than a rule; the table has both shares, not adjusted for anything. Checks before a rule was
introduced show what it would have found.
"""

from typing import Any

import altair as alt
import polars as pl

from reports import format as words
from reports.charts import rows
from reports.figure import Key
from reports.reading import FEWEST, told_share, told_share_interval
from reports.table import Table, figures, named
from reports.theme import colour, framed
from reports.tracker_text import readable

QUESTION = "Which rules fail when work is handed over?"

KEYS = (
    Key("dot", "rejected", "share of checks failed at the handoff"),
    Key("line", "rejected", "95% interval"),
)


def finding(rules: pl.DataFrame) -> str:
    """The rule that fails most, of those with checks enough to say."""
    evaluated = pl.col("passes") + pl.col("fails")
    enough = rules.filter(evaluated >= FEWEST, pl.col("fail_rate").is_not_null())
    if enough.is_empty():
        return QUESTION
    top = enough.sort("fail_rate", "rule_number", descending=[True, False]).row(0, named=True)
    if not top["fails"]:
        checked = " with checks enough to say" if rules["fails"].sum() else ""
        return f"No rule{checked} failed at any handoff"
    between = f" ({_between(top)})" if _between(top) else ""
    rule, rate = readable(top["rule"], limit=50), words.share(top["fail_rate"])
    return f"“{rule}” fails most: at {rate} of handoffs{between}"


def readiness_failures(rules: pl.DataFrame) -> alt.LayerChart:
    """One dot per rule in the order of the configuration; columns as `main.readiness_rules`."""
    ordered = rules.sort("rule_number", "rule").iter_rows(named=True)
    marks = rows.with_intervals(_mark(row, rule) for row, rule in enumerate(ordered))
    axis = rows.shares("share of checks")
    return framed(
        [*rows.estimates(colour("rejected"), axis), *rows.lines(rows.room(marks["value"]))],
        data=marks,
        height=rows.height(marks.height),
        description="Share of checks that failed at the handoff, per rule, with its interval.",
    )


def table(rules: pl.DataFrame) -> Table:
    """The numbers of the chart, and what rejection has to do with them."""
    return Table(
        caption="Rules of the definition of ready, judged at the handoff",
        columns=(
            *named("Rule"),
            *figures("Fail rate", "95% interval", "Failed", "Passed", "Only rule to fail"),
            *figures("Not evaluable", "Sent back when failed", "Sent back when passed"),
        ),
        rows=tuple(
            _table_row(rule) for rule in rules.sort("rule_number", "rule").iter_rows(named=True)
        ),
    )


def _table_row(rule: dict[str, Any]) -> tuple[str, ...]:
    return (
        readable(rule["rule"], limit=60),
        told_share(rule["fail_rate"], rule["passes"] + rule["fails"]),
        _between(rule),
        words.whole(rule["fails"]),
        words.whole(rule["passes"]),
        words.whole(rule["sole_fails"]),
        words.whole(rule["not_evaluable"]),
        told_share(rule["rejected_when_failed"], rule["fails"]),
        told_share(rule["rejected_when_passed"], rule["passes"]),
    )


def _mark(row: int, rule: dict[str, Any]) -> dict[str, Any]:
    evaluated = rule["passes"] + rule["fails"]
    is_told = evaluated >= FEWEST
    between = _between(rule)
    count = f"{words.whole(rule['fails'])} of {words.counted(evaluated, 'check')} failed"
    return {
        "row": row,
        "name": readable(rule["rule"], limit=60),
        "value": told_share(rule["fail_rate"], evaluated),
        "detail": f"{count}; 95% interval {between}" if between else count,
        "rate": rule["fail_rate"] if is_told else None,
        "low": rule["fail_low"] if is_told else None,
        "high": rule["fail_high"] if is_told else None,
    }


def _between(rule: dict[str, Any]) -> str:
    evaluated = rule["passes"] + rule["fails"]
    return told_share_interval(rule["fail_low"], rule["fail_high"], evaluated)
