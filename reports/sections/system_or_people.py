"""Is it the system or the people: what rules, seats and people cost, and which pattern it is."""

import polars as pl

from reports import format as words
from reports.charts import cause_classes
from reports.data import ReportData
from reports.figure import Figure, figure
from reports.patterns import PATTERNS, STANDINGS, evidence
from reports.section import Section
from reports.sections.verdict import CALLED
from reports.table import Cell, Table, Tracker, figures, named
from reports.tracker_text import readable

_PRIVATE = (
    "This page names and ranks nobody. Before anybody is spoken to: see what rules and seats "
    "explain, for that can be changed by a decision."
)

_TOO_LITTLE = {
    "items": (
        "Too few tickets were handed from one role to another, and followed for long enough, to "
        "tell the system from the people; pull requests are not asked. It would need stages with "
        "an owner each ([[stages]] in roadworthy.toml) and who has which role ([roles])."
    ),
    "people": "Too few people hand work over for anything to be said of them.",
    "roles": (
        "More than a fifth of the moves are by people whose role nobody declared: who sits where "
        "is not known well enough to say. Declare [roles]."
    ),
    "seats": (
        "There is one team, in which nobody held a seat for long enough to be asked about: three "
        "months and fifteen items, and a quarter of a month. Declare [[tenures]], or more [teams]."
    ),
}
"""By reason why these data say nothing of seats and people."""


def system_or_people(data: ReportData) -> Section:
    """What rules, seats and people cost, and the patterns that would explain it."""
    attribution = data.in_scope(data.attribution)
    rules = data.in_scope(data.attribution_rules)
    shown = _classes(data, attribution) if attribution["excess_days"].count() else ()
    return Section(
        key="system-or-people",
        heading="Is it the system or the people?",
        lead=_lead(attribution),
        finding=cause_classes.finding(attribution),
        figures=shown,
        tables=_patterns(data.in_scope(data.diagnoses)),
        folded=_rules(rules),
    )


def _classes(data: ReportData, attribution: pl.DataFrame) -> tuple[Figure, ...]:
    return (
        figure(
            cause_classes,
            title=cause_classes.finding(attribution) or cause_classes.QUESTION,
            chart=cause_classes.cause_classes(attribution),
            table=cause_classes.table(attribution),
            origin=data.rows_in_scope("attribution"),
            keys=cause_classes.KEYS,
            notes=cause_classes.notes(attribution),
        ),
    )


def _lead(attribution: pl.DataFrame) -> tuple[str, ...]:
    if attribution.is_empty():
        return ("Whether it is people is asked of the whole organisation, not of one team.",)
    row = attribution.row(0, named=True)
    sentences = [_TOO_LITTLE[row["reason"]]] if row["reason"] in _TOO_LITTLE else []
    if row["reason"] == "common_cause":
        sentences.append(
            "No rule, seat or person explains differences: all wait alike, whoever sits where. "
            "What is common to everybody is nobody's doing."
        )
    if row["verdict"] in ("individual", "mixed"):
        sentences.append(
            f"A part of the delay follows {row['people'] or 'few'} people, or left with them. "
            f"{_PRIVATE}"
        )
    if row["verdict_even"] not in (None, row["verdict"]):
        sentences.append(
            "Had seats and people been held equally likely before the data, the verdict would be: "
            f"{words.lowered(CALLED[row['verdict_even']])}."
        )
    return tuple(sentences)


def _patterns(diagnoses: pl.DataFrame) -> tuple[Table, ...]:
    """What would explain it, and what was found for and against each."""
    rows: list[tuple[Cell, ...]] = [
        (
            PATTERNS[row["pattern"]],
            STANDINGS[row["standing"]],
            Tracker(_joined(row["speaks_for"])),
            Tracker(_joined(row["speaks_against"])),
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


def _joined(sentences: list[str]) -> str:
    return evidence("; ".join(sentences), limit=400)


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
