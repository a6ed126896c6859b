"""How long subjects are followed: one rule for every metric, read off the past.

A horizon is the age by which a share of the subjects had ended that entered before the first
intervention, so that no intervention moves the yardstick it is measured with. Where nobody of those
was watched from the beginning, or nothing is declared, it is that of all.
"""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import polars as pl

from pipelines.at_once import AT_ONCE
from pipelines.cohorts import attempt_cohorts, metric_cohorts
from pipelines.cohorts.cohorts import Outcomes, horizon_of
from pipelines.policy import Policy
from roadworthy.stages.item_facts import ItemFacts

_VERDICT_QUANTILE = 0.95
_DURATION_QUANTILE = 0.90


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

    Where so many never have, half the window in which they entered: the longest that one was waited
    for would leave hardly a week that could be followed so far.
    """
    early = _before(attempts, policy)
    horizon = horizon_of(early, _VERDICT_QUANTILE)
    if horizon is None or Outcomes.of(early).survival().quantile(_VERDICT_QUANTILE) is not None:
        return horizon
    return _within_half_the_window(horizon, early)


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
    """Days by which 90 % of a cohort had ended.

    No longer than half the window in which it entered: a longer horizon would leave hardly a mature
    week.
    """
    early = _before(cohort, policy)
    horizon = horizon_of(early, _DURATION_QUANTILE)
    return None if horizon is None else _within_half_the_window(horizon, early)


def _within_half_the_window(horizon: float, cohort: pl.DataFrame) -> float:
    """The horizon, or half the time in which a cohort entered, where that is less."""
    instant = pl.col("entered_at")
    window = cohort.select((instant.max() - instant.min()).dt.total_seconds()).item()
    half = float(window) / 86_400 / 2
    return min(horizon, half) if half > 0 else horizon


def _stage_horizon(visits: pl.DataFrame, stage: str, policy: Policy) -> float | None:
    """How long the stays in a stage are followed."""
    stays = metric_cohorts.stays(visits).filter(pl.col("stage") == stage)
    return duration_horizon(metric_cohorts.stage_stays(stays), policy)


def _before(cohort: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """The part of a cohort that entered before the first intervention, if any of it tells."""
    if policy.first_intervention_on is None:
        return cohort
    day = pl.col("entered_at").dt.convert_time_zone(ZoneInfo(policy.hours.zone).key).dt.date()
    early = cohort.filter(day < policy.first_intervention_on)
    return early if horizon_of(early, _DURATION_QUANTILE) is not None else cohort
