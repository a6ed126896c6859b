"""How long subjects are followed: one rule for every metric, read off the past.

A horizon is the age by which a share of the subjects had ended that entered before the first
intervention, so that no intervention moves the yardstick it is measured with. Where nobody of those
was watched from the beginning, or nothing is declared, it is that of all.
"""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import polars as pl

from pipelines.cohorts import metric_cohorts
from pipelines.cohorts.cohorts import horizon_of
from pipelines.policy import Policy

_VERDICT_QUANTILE = 0.95
_DURATION_QUANTILE = 0.90


def verdict_horizon(attempts: pl.DataFrame, policy: Policy) -> float | None:
    """Days by which 95 % of a cohort of attempts had a verdict."""
    return horizon_of(_before(attempts, policy), _VERDICT_QUANTILE)


def edge_horizons(handoffs: pl.DataFrame, policy: Policy) -> Mapping[tuple[str, str], float]:
    """By pair of stages, how long its attempts are followed: each handoff has its own pace."""
    found = {}
    attempts = metric_cohorts.attempts(handoffs, "from_stage", "to_stage")
    for part in attempts.partition_by("from_stage", "to_stage", maintain_order=True):
        horizon = verdict_horizon(metric_cohorts.rejection(part), policy)
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
    if horizon is None:
        return None
    instant = pl.col("entered_at")
    window = early.select((instant.max() - instant.min()).dt.total_seconds()).item()
    half = float(window) / 86_400 / 2
    return min(horizon, half) if half > 0 else horizon


def stage_horizons(visits: pl.DataFrame, policy: Policy) -> Mapping[str, float]:
    """By stage, how long its stays are followed."""
    found = {}
    for part in metric_cohorts.stays(visits).partition_by("stage", maintain_order=True):
        horizon = duration_horizon(metric_cohorts.stage_stays(part), policy)
        if horizon is not None:
            found[part["stage"][0]] = horizon
    return found


def _before(cohort: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """The part of a cohort that entered before the first intervention, if any of it tells."""
    if policy.first_intervention_on is None:
        return cohort
    day = pl.col("entered_at").dt.convert_time_zone(ZoneInfo(policy.hours.zone).key).dt.date()
    early = cohort.filter(day < policy.first_intervention_on)
    return early if horizon_of(early, _DURATION_QUANTILE) is not None else cohort
