"""The planted rates in one place: what was meant for each team and period, and what came of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeAlias

from roadworthy.simulator.dates import ZONE
from roadworthy.simulator.organisation import Organisation
from roadworthy.simulator.people import TEAMS
from roadworthy.simulator.scenario import Practice
from roadworthy.simulator.truth import Commitment, Handoff

Json: TypeAlias = dict[str, Any]


def parameters(organisation: Organisation) -> Json:
    """Scenario, and for each team and period the planned and the realised rates."""
    scenario = organisation.scenario
    return {
        "seed": organisation.seed,
        "started_at": organisation.started_at,
        "ends_at": organisation.ends_at,
        "treated": list(scenario.treated),
        "coaching_day": scenario.coaching_day,
        "protocol_day": scenario.protocol_day,
        "adoption_days": scenario.adoption_days,
        "before": _practice(scenario.before),
        "after": _practice(scenario.after),
        "penalties": dict(scenario.penalties),
        "teams": {
            team.name: {
                period: rates(organisation, teams=[team.name], period=period)
                for period in ("before", "adoption", "after")
            }
            for team in TEAMS
        },
    }


def _practice(practice: Practice) -> Json:
    return {**vars(practice), "gaps": dict(practice.gaps)}


def period_of(organisation: Organisation, at: datetime) -> str:
    """Before the protocol's day, within its adoption, or after it; for every team the same days."""
    scenario = organisation.scenario
    day = (at - organisation.started_at).total_seconds() / 86400
    if day < scenario.protocol_day:
        return "before"
    return "adoption" if day < scenario.protocol_day + scenario.adoption_days else "after"


def rates(organisation: Organisation, *, teams: Iterable[str], period: str) -> Json:
    """The rates of some teams in a period, by entry; undecided and not yet due are left out."""
    chosen = frozenset(teams)
    truth = organisation.truth
    guarded = [
        h
        for h in truth.handoffs
        if h.failed_rules is not None
        and h.team in chosen
        and period_of(organisation, h.handed_at) == period
    ]
    promises = [
        c
        for c in truth.commitments
        if c.team in chosen
        and c.subject_kind == "item"
        and period_of(organisation, c.committed_at) == period
    ]
    return {**_handoff_rates(guarded), **_promise_rates(promises, organisation.ends_at)}


def _handoff_rates(guarded: list[Handoff]) -> Json:
    decided = [h for h in guarded if h.verdict != "undecided"]
    chances = [h.rejection_chance for h in guarded if h.rejection_chance is not None]
    return {
        "handoffs": len(guarded),
        "rejection_rate_planned": _mean(chances),
        "rejection_rate": _mean([h.verdict == "rejected" for h in decided]),
        "readiness_pass_rate": _mean([not h.failed_rules for h in guarded]),
        "late_return_rate": _mean([h.late_return_at is not None for h in decided]),
    }


def _promise_rates(promises: list[Commitment], ends_at: datetime) -> Json:
    verdicts = [v for v in (is_on_time(c, ends_at) for c in promises) if v is not None]
    return {
        "commitments": len(promises),
        "on_time_rate": _mean(verdicts),
        "slip_rate": _mean([c.slip_count > 0 for c in promises]),
        "silent_miss_rate": _mean([bool(c.silent_misses) for c in promises]),
    }


def is_on_time(promise: Commitment, ends_at: datetime) -> bool | None:
    """Whether the original day was kept; None while it is not over, or the subject was dropped."""
    if promise.is_dropped or ends_at.astimezone(ZONE).date() <= promise.original_on:
        return None
    shipped_at = promise.shipped_at
    return shipped_at is not None and shipped_at.astimezone(ZONE).date() <= promise.original_on


def _mean(values: list[float] | list[bool]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
