"""The definition of ready, rule by rule: as it was at the handoff, and in hindsight."""

import polars as pl

from reports.charts import readiness_failures, readiness_hindsight
from reports.data import ReportData
from reports.figure import Figure, figure
from reports.reading import reading
from reports.section import Section


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
        finding=None if rules.is_empty() else in_short,
        figures=(_failures(rules), _hindsight(rules, in_short)),
    )


def _failures(rules: pl.DataFrame) -> Figure:
    return figure(
        readiness_failures,
        title=readiness_failures.finding(rules),
        chart=readiness_failures.readiness_failures(rules),
        table=readiness_failures.table(rules),
        keys=readiness_failures.KEYS,
    )


def _hindsight(rules: pl.DataFrame, title: str) -> Figure:
    return figure(
        readiness_hindsight,
        title=title,
        chart=readiness_hindsight.readiness_hindsight(rules),
        table=readiness_hindsight.table(rules),
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
