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
    days = known.days()
    factors = _factors(known)
    over = {
        word: value * factors[_kind(word)]
        if _kind(word) in factors
        else value - known.policy.benchmarks.get(f"{_kind(word)}_days", _normal_queue(known, word))
        for word, value in days.items()
    }
    return _most(over)


def _normal_queue(known: Known, word: str) -> float:
    name = "queue_wait_days" if _kind(word) == "queue" else ""
    return known.policy.benchmarks.get(name, 0.0)


def _factors(known: Known) -> dict[str, float]:
    """Of rework, the part of it that would be gone at the declared rate."""
    judged = known.facts.handoffs.filter(pl.col("verdict").is_in(["accepted", "rejected"]))
    asked = judged.filter(pl.col("to_stage") == "Ready for Dev")
    rejected = int((asked["verdict"] == "rejected").sum()) / max(asked.height, 1)
    redone = known.facts.latency_segments.filter(pl.col("component") == "scope_rework").height
    accepted = max(int((asked["verdict"] == "accepted").sum()), 1)
    normal = known.policy.benchmarks
    return {
        "rework": _beyond(normal.get("rejection_rate", 0.0), rejected),
        "scope_rework": _beyond(normal.get("scope_rework_rate", 0.0), redone / accepted),
    }


def _beyond(normal: float, rate: float) -> float:
    return max(0.0, 1 - normal / rate) if rate > 0 else 0.0


def _kind(word: str) -> str:
    return word.partition(":")[0]


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
