"""The definition of ready, rule by rule: as it was at the handoff, and in hindsight."""

import polars as pl

from reports import format as words
from reports.charts import readiness_failures, readiness_hindsight
from reports.data import ReportData
from reports.figure import Figure, figure
from reports.reading import reading
from reports.section import Section
from reports.table import Cell, Table, Tracker, named
from reports.tickets import MOST, item_cells
from reports.tracker_text import readable

BECAME = {
    "accepted": "accepted",
    "rejected": "sent back",
    "recalled": "recalled",
    "dropped": "dropped",
    "undecided": "undecided",
}
"""What a verdict on a handoff is called."""


def readiness(data: ReportData) -> Section:
    """Fail rates at the handoff, then what was filled in afterwards."""
    rules = data.in_scope(data.readiness_rules)
    summaries = data.in_scope(data.metric_summaries)
    at_handoff = reading(summaries, "readiness_pass_rate")
    now = reading(summaries, "readiness_pass_rate_now")
    in_short = readiness_hindsight.finding(at_handoff, now)
    return Section(
        key="readiness",
        heading="Was the work ready?",
        lead=_lead(data, rules),
        finding=in_short if at_handoff.is_told and now.is_told else None,
        figures=(_failures(data, rules), _hindsight(data, rules, in_short)),
        folded=(_not_ready(data),),
    )


def _failures(data: ReportData, rules: pl.DataFrame) -> Figure:
    return figure(
        readiness_failures,
        title=readiness_failures.finding(rules),
        chart=readiness_failures.readiness_failures(rules),
        table=readiness_failures.table(rules),
        origin=data.rows_in_scope("readiness_rules"),
        keys=readiness_failures.KEYS,
    )


def _hindsight(data: ReportData, rules: pl.DataFrame, title: str) -> Figure:
    return figure(
        readiness_hindsight,
        title=title,
        chart=readiness_hindsight.readiness_hindsight(rules),
        table=readiness_hindsight.table(rules),
        origin=data.rows_in_scope("readiness_rules"),
        keys=readiness_hindsight.KEYS,
    )


def _lead(data: ReportData, rules: pl.DataFrame) -> tuple[str, ...]:
    if not data.facts.has_readiness:
        return (
            (
                "No definition of ready is declared, so nothing could be checked. It would need "
                "[definition_of_ready] in roadworthy.toml: the stage it guards and its rules."
            ),
        )
    if rules.is_empty():
        return ("No work has entered the guarded stage yet, so no rule could be checked.",)
    return ()


def _not_ready(data: ReportData) -> Table:
    """The latest handoffs that no rule would have let pass, and what became of them."""
    order = ["handed_at", "handoff_id"]
    failed = data.handoffs.filter(pl.col("is_ready").not_()).sort(order, descending=[True, False])
    latest = failed.head(MOST)
    items = data.items_by_id(latest["item_id"])
    rows: list[tuple[Cell, ...]] = [
        (
            *item_cells(items, handoff["item_id"]),
            words.local_day(handoff["handed_at"], data.facts.timezone),
            Tracker(readable(", ".join(handoff["failed_rules"] or []), limit=120)),
            BECAME[handoff["verdict"]],
        )
        for handoff in latest.iter_rows(named=True)
    ]
    return Table(
        caption=f"The latest handoffs of work that was not ready, at most {MOST}",
        columns=named("Work item", "Title", "Handed over", "Rules not met", "What became of it"),
        rows=tuple(rows),
    )
