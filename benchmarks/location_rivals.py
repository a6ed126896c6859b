"""What others make of the same items: each names what it takes for the constraint.

They read the stages as the product does, so that they differ in nothing but the method.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from benchmarks.location_words import STAGE
from pipelines.cohorts.scopes import ORGANISATION, Scopes
from pipelines.latency.latency_shares import latency_shares
from pipelines.policy import OPEN_KINDS, Policy
from roadworthy.stages.item_facts import ItemFacts

_WAITING = ("queue", "decision", "approval", "external")
_NOT_RANKED = ("touch", "parked", "unmapped", "external")
LESS_NORMALS = "ledger less normals"
_NORMALS = {
    "decision_wait": "decision_wait_days",
    "approval_wait": "approval_wait_days",
    "queue": "queue_wait_days",
    "rework": "rejection_rate",
    "scope_rework": "scope_rework_rate",
}
"""What is declared for each kind of cause."""
_NOBODY = Scopes((), (), ())


@dataclass(frozen=True, slots=True)
class Known:
    """What the methods are told: facts of whole items, and what is declared."""

    facts: ItemFacts
    policy: Policy

    def days(self) -> dict[str, float]:
        """Mean days per item in each component that may be ranked."""
        shares = latency_shares(
            self.facts.latency_segments, self.facts.items, _NOBODY, horizon=None
        ).filter(pl.col("scope") == ORGANISATION, ~pl.col("cause_kind").is_in(_NOT_RANKED))
        return dict(shares.select("component", "days_per_item").iter_rows())


def _stage_share(known: Known) -> str | None:
    """The stage in which most of the time is spent."""
    return _longest(known.facts.visits, OPEN_KINDS)


def _waiting_share(known: Known) -> str | None:
    """The stage in which most of the waiting is done."""
    return _longest(known.facts.visits, _WAITING)


def _longest(visits: pl.DataFrame, kinds: tuple[str, ...]) -> str | None:
    stays = visits.filter(pl.col("stage_kind").is_in(kinds))
    spent = (
        stays.group_by("stage")
        .agg(spent=(pl.col("until") - pl.col("entered_at")).sum())
        .sort("spent", "stage", descending=True)
    )
    return _named(spent)


def _queue_growth(known: Known) -> str | None:
    """The stage into which most came that has not left, for its arrivals."""
    stays = known.facts.visits.filter(pl.col("stage_kind").is_in(OPEN_KINDS))
    growth = (
        stays.group_by("stage")
        .agg(growth=pl.col("is_open").sum() / pl.len())
        .sort("growth", "stage", descending=True)
    )
    return _named(growth)


def _named(ranked: pl.DataFrame) -> str | None:
    return None if ranked.is_empty() else f"{STAGE}{ranked['stage'][0]}"


def _ledger(known: Known) -> str | None:
    """The cause that takes most days, work aside."""
    return _most(known.days())


def _ledger_less_normals(known: Known) -> str | None:
    """The cause that takes most days beyond those declared: no more than a subtraction."""
    rates, normals = _rates(known.facts), known.policy.benchmarks
    return _most({word: _over(word, days, rates, normals) for word, days in known.days().items()})


def _over(
    word: str, days: float, rates: Mapping[str, float], normals: Mapping[str, float]
) -> float:
    """A wait less its normal; of rework, the part that would be gone at the normal rate."""
    kind = word.partition(":")[0]
    if word in rates:
        return days * max(0.0, 1 - normals.get(_NORMALS[kind], 0.0) / rates[word])
    return days - normals.get(_NORMALS.get(kind, ""), 0.0)


def _rates(facts: ItemFacts) -> dict[str, float]:
    """How often work is sent back at each edge, and how often its scope brings it back."""
    judged = facts.handoffs.filter(pl.col("verdict").is_in(["accepted", "rejected"]))
    word = pl.format("rework:{}->{}", "from_stage", "to_stage")
    edges = judged.group_by(word=word).agg(rate=(pl.col("verdict") == "rejected").mean())
    redone = facts.latency_segments.filter(pl.col("component") == "scope_rework").height
    begun = facts.visits.filter(pl.col("stage") == "Build").height
    rates = {**dict(edges.iter_rows()), "scope_rework": redone / max(begun, 1)}
    return {word: rate for word, rate in rates.items() if rate > 0}


def _most(days: Mapping[str, float]) -> str | None:
    return max(sorted(days), key=lambda word: days[word]) if days else None


RIVALS: dict[str, Callable[[Known], str | None]] = {
    "stage share of latency": _stage_share,
    "waiting-time share": _waiting_share,
    "queue growth": _queue_growth,
    "ledger without benchmark": _ledger,
    LESS_NORMALS: _ledger_less_normals,
}
"""The last one shows what a subtraction can do; it says nothing of chance."""
