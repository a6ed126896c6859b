"""What to do next: the remedy of each pattern that is here, and what would have to be known."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from reports import format as words
from reports.data import TEAM, ReportData
from reports.patterns import PATTERNS, evidence
from reports.tracker_text import readable

_HERE = ("shown", "hinted")
_OPENING = {"shown": "", "hinted": "Only hinted at: "}


_WAITS = {
    "joint_decision_right": "decision_wait",
    "approvals_in_series": "approval_wait",
    "capacity_queue": "queue",
    "scope_churn": "scope_rework",
    "dependency": "external",
}
"""By pattern the kind of cause whose excess would go with it."""
_OF_RULES = "undefined_readiness"
_LEAD = "Each of these is a rule to write, a right to give or a step to drop, and can be decided."
_OF_NOBODY = " None of them is about anybody."
_NOTHING = "No pattern is shown that a rule, a right or a step less would mend."
_ELSEWHERE = "Patterns are looked for in the whole organisation, and stand on its page."
_OF_SOMEBODY = "one_person"


@dataclass(frozen=True, kw_only=True)
class Step:
    """What could be done, what it could bring, and the evidence for and against it.

    `days` are those of the average item that could be spared at most, null where nothing shows it;
    `is_hint` says that its pattern is not shown.
    """

    remedy: str
    days: float | None
    gain: str
    because: str
    against: str
    is_hint: bool


def lead(data: ReportData) -> str:
    """What kind of steps these are; that none is about anybody is said where it is so."""
    if data.facts.scope.startswith(TEAM):
        return _ELSEWHERE
    found = set(_found(data)["pattern"])
    if not found:
        return _NOTHING
    return _LEAD if _OF_SOMEBODY in found else _LEAD + _OF_NOBODY


def next_steps(data: ReportData) -> tuple[Step, ...]:
    """The remedies of the patterns shown here, then of those hinted at; what brings most first."""
    told = [(row["standing"], _step(data, row)) for row in _found(data).iter_rows(named=True)]
    order = sorted(told, key=lambda one: (_HERE.index(one[0]), -(one[1].days or 0.0)))
    return tuple(step for _, step in order)


def _step(data: ReportData, row: dict[str, Any]) -> Step:
    gain = _gain(data, row["pattern"])
    return Step(
        remedy=words.sentence(row["remedy"]),
        days=None if gain is None else gain["excess_days"],
        gain="" if gain is None else _brings(gain),
        because=f"{_OPENING[row['standing']]}{PATTERNS[row['pattern']]}. "
        + _sentences(row["speaks_for"]),
        against=_sentences(row["speaks_against"]),
        is_hint=row["standing"] == "hinted",
    )


def _gain(data: ReportData, pattern: str) -> dict[str, Any] | None:
    """The excess that would go with a pattern: of its largest cause, or of its costliest rule."""
    if pattern == _OF_RULES:
        rules = data.in_scope(data.attribution_rules)
        found = rules.filter(pl.col("rule_kind") == "readiness", "is_cause")
    else:
        causes = data.in_scope(data.constraints)
        found = causes.filter(pl.col("cause_kind") == _WAITS.get(pattern, ""))
    costly = found.filter(pl.col("excess_low") > 0).sort("excess_days", descending=True)
    return None if costly.is_empty() else costly.row(0, named=True)


def _brings(gain: dict[str, Any]) -> str:
    interval = words.signed_interval(gain["excess_low"], gain["excess_high"])
    days = f"up to {words.signed(gain['excess_days'])} days ({interval}) of the average item"
    if "rule" in gain:
        return f"{days} handed over, by {readable(gain['rule'], limit=40)} alone"
    return days


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
    return " ".join(f"{words.sentence(evidence(one, limit=200))}." for one in told)
