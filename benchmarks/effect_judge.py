"""The product's own judgement of an organisation: the whole procedure, diagnostics and all."""

import time
from dataclasses import dataclass

import polars as pl

from benchmarks.effect_worlds import World
from pipelines.cohorts.cohorts import COHORT, Metric
from pipelines.effects.designs import Teams
from pipelines.effects.intervention_effects import judge_all
from pipelines.effects.judged import Judged
from pipelines.effects.judging import Question
from pipelines.effects.metric_sums import MetricSums
from pipelines.policy import Intervention

_NAMES = {"mean": "lead_time_days", "share": "rejection_rate"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the product says."""

    estimate: float
    low: float
    high: float
    claims: bool
    """Whether it says that something improved or worsened."""
    grade: str
    caveats: tuple[str, ...]
    milliseconds: float


def judge(one: World, horizon_days: float) -> Verdict | None:
    """Judge the change; None where it says that there is not enough data."""
    metric = Metric(_NAMES[one.cell.kind], one.cell.kind, horizon_days)
    traits = one.items.select("item_id", "parent_id")
    change = Intervention(
        "change",
        "process",
        one.changed_on,
        7 * one.cell.washout_weeks,
        one.treated if one.comparison else (),
        primary_metric=metric.name,
    )
    teams = tuple(sorted((*one.treated, *one.comparison)))
    subjects = cohort(one)
    started = time.perf_counter()
    sums = MetricSums.of(metric, subjects, traits, zone="UTC")
    found = judge_all([sums], Question((change,), Teams(teams, teams), "UTC"))[0]
    return _verdict(found, 1000 * (time.perf_counter() - started))


def _verdict(found: Judged, milliseconds: float) -> Verdict | None:
    if found.effect is None:
        return None
    low, high = found.effect.belief.interval()
    return Verdict(
        found.effect.belief.mean(),
        low,
        high,
        found.verdict in ("improved", "worsened"),
        found.grade,
        found.caveats,
        milliseconds,
    )


def cohort(one: World) -> pl.DataFrame:
    """The items as subjects of a metric."""
    day = 86_400_000_000
    followed = (pl.coalesce("ended_at", pl.lit(one.as_of)) - pl.col("entered_at")).dt
    seen = (pl.lit(one.as_of) - pl.col("entered_at")).dt
    return (
        one.items.with_columns(
            subject_id=pl.col("item_id"),
            release=pl.lit(None, pl.String),
            entry_days=pl.lit(0.0),
            followed_days=followed.total_microseconds() / day,
            snapshot_days=seen.total_microseconds() / day,
        )
        .select(COHORT.names())
        .cast(COHORT)
    )
