"""The first question of a leader: is it the system or the people, where, and how sure."""

from typing import Any

import polars as pl

from reports import format as words
from reports.causes import cause_in_words
from reports.charts import cause_classes, excess_days
from reports.data import ReportData
from reports.figure import figure
from reports.section import Section
from reports.table import Cell, Table, Tracker, figures, named
from reports.tracker_text import readable

PATTERNS = {
    "undefined_readiness": "Nobody defined when work is ready",
    "joint_decision_right": "A decision that several hold",
    "approvals_in_series": "Approvals in a row",
    "capacity_queue": "More work than hands",
    "scope_churn": "What is wanted keeps changing",
    "intake_bypass": "Work by the side door",
    "dependency": "Waiting for others outside",
    "committees_grew": "More committees, no more clarity",
    "holder_replaced_pattern_stayed": "Somebody was replaced, and it stayed",
    "one_person": "One person",
}
STANDINGS = {
    "shown": "shown",
    "hinted": "hinted at",
    "not_shown": "not shown",
    "cannot_tell": "these data cannot tell",
}
_VERDICTS = {
    "structural": "It is the system",
    "individual": "An individual part is there",
    "mixed": "It is the system, and an individual part is there as well",
    "none": "No rule, seat or person stands out",
    "not_identifiable": "Whether it is a seat or a person cannot be told from these data",
    "insufficient_data": "Too little was handed over to tell the system from people",
}
_PRIVATE = (
    "This page names and ranks nobody. Before anybody is spoken to: see what rules and seats "
    "explain, for that can be changed by a decision."
)


def system_or_people(data: ReportData) -> Section:
    """The constraint, what rules, seats and people cost, and the patterns that would explain it."""
    causes = data.in_scope(data.constraints)
    found = data.in_scope(data.attribution)
    rules = data.in_scope(data.attribution_rules)
    sentence = finding(causes, found)
    figures_shown = [
        figure(
            excess_days,
            title=_title(causes),
            chart=excess_days.excess_days(causes),
            table=excess_days.table(causes),
            keys=excess_days.KEYS,
            notes=excess_days.notes(causes),
        )
    ]
    if not found.is_empty() and found["excess_days"].count():
        figures_shown.append(
            figure(
                cause_classes,
                title=cause_classes.QUESTION,
                chart=cause_classes.cause_classes(found),
                table=cause_classes.table(found),
                keys=cause_classes.KEYS,
                notes=cause_classes.notes(found),
            )
        )
    return Section(
        key="system-or-people",
        heading="Is it the system or the people?",
        lead=_lead(found, sentence),
        finding=sentence,
        figures=tuple(figures_shown),
        tables=_patterns(data.in_scope(data.diagnoses)),
        folded=_rules(rules),
    )


def finding(causes: pl.DataFrame, found: pl.DataFrame) -> str | None:
    """The verdict and the constraint in one sentence; None where neither can be told."""
    verdict = found.row(0, named=True) if not found.is_empty() else None
    where = _where(causes)
    if verdict is None or verdict["verdict"] == "insufficient_data":
        return words.sentence(where) if where else None
    told = _VERDICTS[verdict["verdict"]]
    return f"{told}: {where}" if where else told


def _where(causes: pl.DataFrame) -> str:
    """The constraint, or what may be it, with days, interval, normal and how sure."""
    leaders = causes.filter(pl.col("in_rank_set").fill_null(value=False)).sort("rank")
    named_one = causes.filter(pl.col("verdict") == "constraint")
    if not named_one.is_empty():
        return _constraint(named_one.row(0, named=True))
    hanging = causes.filter(pl.col("verdict") == "depends_on_what_is_normal")
    if not hanging.is_empty():
        return f"{_constraint(hanging.row(0, named=True))}, if that is what you regard as normal"
    several = leaders.filter(pl.col("verdict") == "one_of_several")
    if several.is_empty():
        return ""
    names = [_lower(cause_in_words(cause, limit=30)) for cause in several["cause"].head(3)]
    return f"no single cause can be named; most days are lost to {words.listed(names)}"


def _constraint(row: dict[str, Any]) -> str:
    interval = words.signed_interval(row["excess_low"], row["excess_high"])
    source = {
        "declared": "what you declared to be normal",
        "best_quartile_team": "the best quarter of your teams",
        "own_best_quarter": "your own best quarters",
    }[row["benchmark_source"]]
    return (
        f"of {words.day_number(row['latency_days'])} days an item takes, "
        f"{words.signed(row['excess_days'])} ({interval}) go to "
        f"{_lower(cause_in_words(row['cause']))} beyond {source}"
    )


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def _title(causes: pl.DataFrame) -> str:
    first = causes.filter(pl.col("rank") == 1)
    if first.is_empty():
        return excess_days.QUESTION
    row = first.row(0, named=True)
    if row["verdict"] not in ("constraint", "depends_on_what_is_normal"):
        return "No single cause stands out beyond what is normal"
    sure = words.share(row["probability_first"])
    return f"{cause_in_words(row['cause'])} costs most, in {sure} of all draws of the weeks"


def _lead(found: pl.DataFrame, sentence: str | None) -> tuple[str, ...]:
    if found.is_empty():
        return ("Whether it is people is asked of the whole organisation, not of one team.",)
    row = found.row(0, named=True)
    told = []
    if sentence is None:
        told.append("Neither a constraint nor a difference between people can be told yet.")
    if row["reason"] == "common_cause":
        told.append(
            "No rule, seat or person explains differences: all wait alike, whoever sits where. "
            "What is common to everybody is nobody's doing."
        )
    if row["verdict"] in ("individual", "mixed"):
        told.append(
            f"A part of the delay follows {row['people'] or 'few'} people, or left with them. "
            f"{_PRIVATE}"
        )
    if row["verdict_even"] not in (None, row["verdict"]) and row["reason"] != "common_cause":
        told.append(
            "Had seats and people been held equally likely before the data, the verdict would be: "
            f"{_lower(_VERDICTS[row['verdict_even']])}."
        )
    return tuple(told)


def _patterns(diagnoses: pl.DataFrame) -> tuple[Table, ...]:
    """What would explain it, and what was found for and against each."""
    rows: list[tuple[Cell, ...]] = [
        (
            PATTERNS[row["pattern"]],
            STANDINGS[row["standing"]],
            Tracker(_told(row["speaks_for"])),
            Tracker(_told(row["speaks_against"])),
            words.sentence(row["remedy"]),
        )
        for row in diagnoses.sort("pattern_number").iter_rows(named=True)
    ]
    if not rows:
        return ()
    return (
        Table(
            caption="Patterns of a system that delays: what speaks for each here, and against",
            columns=named("Pattern", "Here", "For", "Against", "What it suggests"),
            rows=tuple(rows),
        ),
    )


def _told(sentences: list[str]) -> str:
    return readable("; ".join(sentences), limit=400)


def _rules(rules: pl.DataFrame) -> tuple[Table, ...]:
    """What each rule costs an item that meets it."""
    rows: list[tuple[Cell, ...]] = [
        (
            Tracker(readable(row["rule"].replace("_", " "), limit=60)),
            words.share(row["exposed_share"]),
            words.signed(row["met_days"]),
            words.signed_interval(row["met_low"], row["met_high"]),
            words.signed(row["excess_days"]),
            "costs time" if row["is_cause"] else "costs nothing that can be seen",
        )
        for row in rules.iter_rows(named=True)
        if row["met_days"] is not None
    ]
    if not rows:
        return ()
    return (
        Table(
            caption="What rules cost, items of one team and month compared",
            columns=(
                *named("Rule not met"),
                *figures("Items", "Days for such an item", "95% interval", "Days for any item"),
                *named("What may be said"),
            ),
            rows=tuple(rows),
        ),
    )
