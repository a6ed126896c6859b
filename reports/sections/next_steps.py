"""What to do next: the remedy of each pattern that is here, and what would have to be known."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from reports import format as words
from reports.data import ReportData
from reports.patterns import PATTERNS
from reports.tracker_text import readable

_HERE = ("shown", "hinted")
_OPENING = {"shown": "", "hinted": "Only hinted at: "}


@dataclass(frozen=True, kw_only=True)
class Step:
    """What could be done, and the evidence for and against it."""

    remedy: str
    because: str
    against: str


_LEAD = "Each of these is a rule to write, a right to give or a step to drop, and can be decided."
_OF_NOBODY = " None of them is about anybody."
_NOTHING = "No pattern is shown that a rule, a right or a step less would mend."
_OF_SOMEBODY = "one_person"


def lead(data: ReportData) -> str:
    """What kind of steps these are; that none is about anybody is said where it is so."""
    found = set(_found(data)["pattern"])
    if not found:
        return _NOTHING
    return _LEAD if _OF_SOMEBODY in found else _LEAD + _OF_NOBODY


def next_steps(data: ReportData) -> tuple[Step, ...]:
    """The remedies of the patterns that are shown here, then of those that are hinted at."""
    order = pl.col("standing").replace_strict({one: at for at, one in enumerate(_HERE)})
    return tuple(
        Step(
            remedy=words.sentence(row["remedy"]),
            because=f"{_OPENING[row['standing']]}{PATTERNS[row['pattern']]}. "
            + _sentences(row["speaks_for"]),
            against=_sentences(row["speaks_against"]),
        )
        for row in _found(data).sort(order, "pattern_number").iter_rows(named=True)
    )


def _found(data: ReportData) -> pl.DataFrame:
    return data.in_scope(data.diagnoses).filter(pl.col("standing").is_in(_HERE))


def to_be_known(data: ReportData) -> tuple[str, ...]:
    """What would have to be declared or done for the page to say more."""
    return tuple(_missing(data))


def _missing(data: ReportData) -> Iterator[str]:
    facts = data.facts
    if not facts.has_stages:
        yield "Declare [[stages]] with an owner each: without them nobody hands anything over."
    if not facts.has_readiness:
        yield "Declare a [definition_of_ready]: without rules nothing can be ready or not."
    if not data.in_scope(data.decision_rights)["decides"].count():
        yield "Declare [decision_rights]: who decides what is then held against who did."
    if data.interventions.is_empty():
        yield (
            "Declare what is changed as [[interventions]] before its effect is looked at, and ask "
            "'roadworthy plan' what could be seen by when."
        )
    if not data.constraints.filter(pl.col("benchmark_source") == "declared").height:
        yield "Declare [benchmarks], what you hold to be a normal wait: they are named with it."
    errors = data.data_audit.filter(pl.col("severity") == "error").height
    if errors:
        yield f"Mend what the audit found first: {words.counted(errors, 'error')}."


def _sentences(told: list[str]) -> str:
    return " ".join(f"{words.sentence(readable(one, limit=200))}." for one in told)
