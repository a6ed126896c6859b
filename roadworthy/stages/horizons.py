"""How long subjects are followed: one rule for every metric, read off the past.

A horizon is the age by which a share of the subjects had ended that entered before the first
intervention, so that no intervention moves the yardstick it is measured with. One with less than
eight weeks before it cannot be measured: the next one counts. Where nobody of those was watched
from the beginning, or nothing is declared, it is that of all.
"""

import math
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from pipelines.at_once import AT_ONCE
from pipelines.cohorts import attempt_cohorts, metric_cohorts
from pipelines.cohorts.cohorts import horizon_of
from pipelines.effects.effects import FEWEST_BUCKETS
from pipelines.histories.spans import begins
from pipelines.policy import Policy
from roadworthy.stages.item_facts import ItemFacts

_VERDICT_QUANTILE = 0.95
_DURATION_QUANTILE = 0.90
_LEAST_DAYS_BEFORE = 7 * FEWEST_BUCKETS["before"]


@dataclass(frozen=True, slots=True)
class Horizons:
    """How long subjects of what has no metric of its own, or several, are followed: days."""

    lead_time: float | None
    verdict: float | None
    """Of the attempts the rates speak of."""
    stages: Mapping[str, float]
    edges: Mapping[tuple[str, str], float]
    """By pair of stages: each handoff has its own pace."""


def horizons(facts: ItemFacts, policy: Policy, cores: Executor = AT_ONCE) -> Horizons:
    """How long they are followed.

    Args:
        facts: those of whole items.
        policy: what was declared.
        cores: what looks at the subjects.
    """
    begin, visits = cores.submit, facts.visits
    stages = {
        stage: begin(_stage_horizon, visits, stage, policy)
        for stage in visits["stage"].unique().sort()
    }
    edges = begin(edge_horizons, facts.handoffs, policy)
    verdict = begin(_guarded_horizon, facts.handoffs, policy)
    lead_time = begin(_lead_time_horizon, facts.items, policy)
    found = ((stage, one.result()) for stage, one in stages.items())
    return Horizons(
        lead_time=lead_time.result(),
        verdict=verdict.result(),
        stages={stage: days for stage, days in found if days is not None},
        edges=edges.result(),
    )


def _lead_time_horizon(items: pl.DataFrame, policy: Policy) -> float | None:
    return duration_horizon(metric_cohorts.lead_time(items), policy)


def _guarded_horizon(handoffs: pl.DataFrame, policy: Policy) -> float | None:
    attempts = attempt_cohorts.guarded(handoffs, policy.guarded_stage)
    return verdict_horizon(attempt_cohorts.rejection(attempts), policy)


def verdict_horizon(attempts: pl.DataFrame, policy: Policy) -> float | None:
    """Days by which 95 % of a cohort of attempts had a verdict.

    Where so many never have, at most half of its window: the longest that one was waited for would
    leave hardly a week that could be followed so far.
    """
    early, until = _before(attempts, policy)
    return horizon_of(early, _VERDICT_QUANTILE, unreached=_half_the_window(early, until))


def edge_horizons(handoffs: pl.DataFrame, policy: Policy) -> Mapping[tuple[str, str], float]:
    """By pair of stages, how long its attempts are followed: each handoff has its own pace."""
    found = {}
    attempts = attempt_cohorts.attempts(handoffs, "from_stage", "to_stage")
    for part in attempts.partition_by("from_stage", "to_stage", maintain_order=True):
        horizon = verdict_horizon(attempt_cohorts.rejection(part), policy)
        if horizon is not None:
            found[part["from_stage"][0], part["to_stage"][0]] = horizon
    return found


def duration_horizon(cohort: pl.DataFrame, policy: Policy) -> float | None:
    """Days by which 90 % of a cohort had ended, at most half of its window."""
    early, until = _before(cohort, policy)
    horizon = horizon_of(early, _DURATION_QUANTILE)
    return None if horizon is None else min(horizon, _half_the_window(early, until))


def _half_the_window(cohort: pl.DataFrame, until: datetime | None) -> float:
    """Days; of a window without length, no bound."""
    half = _window(cohort, until) / 2
    return half if half > 0 else math.inf


def _window(cohort: pl.DataFrame, until: datetime | None) -> float:
    """Days in which the subjects could enter: from the first one watched to the end.

    Half of them are the most that a horizon may have: with more hardly a week would be mature. The
    last one that entered does not end it. What was imported in one minute and followed for half a
    year would be told by the seconds of its import.
    """
    watched_from = pl.col("entered_at") + pl.duration(days="entry_days")
    followed = pl.coalesce("snapshot_days", "followed_days")
    followed_to = pl.col("entered_at") + pl.duration(days=followed)
    end = followed_to.max() if until is None else pl.lit(until)
    window: timedelta | None = cohort.select(end - watched_from.min()).item()
    return (window or timedelta()) / timedelta(days=1)


def _stage_horizon(visits: pl.DataFrame, stage: str, policy: Policy) -> float | None:
    """How long the stays in a stage are followed."""
    stays = metric_cohorts.stays(visits).filter(pl.col("stage") == stage)
    return duration_horizon(metric_cohorts.stage_stays(stays), policy)


def _before(cohort: pl.DataFrame, policy: Policy) -> tuple[pl.DataFrame, datetime | None]:
    """The part of a cohort that entered before the first intervention that can be judged by it.

    And the instant of that; None where it is all of the cohort, which goes on to the snapshot. An
    intervention with hardly a week before it is measured by no yardstick, and cuts none short.
    """
    for day in sorted({one.effective_on for one in policy.interventions}):
        changed_at = begins(day, policy.hours.zone)
        early = cohort.filter(pl.col("entered_at") < changed_at)
        is_told = horizon_of(early, _DURATION_QUANTILE) is not None
        if is_told and _window(early, changed_at) >= _LEAST_DAYS_BEFORE:
            return early, changed_at
    return cohort, None
