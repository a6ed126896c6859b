"""What becomes of the attempts on each handoff: rejection rate and first-pass yield (M2, M3)."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from pipelines import metric_cohorts
from pipelines.cohorts import Metric, blocked_estimate, within_follow_up
from pipelines.scopes import Scopes, in_each_scope
from pipelines.statistics.kaplan_meier import kaplan_meier

HANDOFF_RATES = pl.Schema(
    {
        "scope": pl.String,
        "from_stage": pl.String,
        "to_stage": pl.String,
        "from_role": pl.String,
        "to_role": pl.String,
        "attempts": pl.Int32,
        "items": pl.Int32,
        "accepted": pl.Int32,
        "rejected": pl.Int32,
        "recalled": pl.Int32,
        "dropped": pl.Int32,
        "undecided": pl.Int32,
        "late_returns": pl.Int32,
        "skips": pl.Int32,
        "rejection_rate": pl.Float64,
        "rejection_low": pl.Float64,
        "rejection_high": pl.Float64,
        "first_pass_yield": pl.Float64,
        "first_pass_low": pl.Float64,
        "first_pass_high": pl.Float64,
        "rework_days": pl.Float64,
        "median_verdict_days": pl.Float64,
        "horizon_days": pl.Float64,
    }
)
_VERDICTS = ("accepted", "rejected", "recalled", "dropped", "undecided")


def handoff_rates(
    handoffs: pl.DataFrame, scopes: Scopes, *, horizons: Mapping[tuple[str, str], float]
) -> pl.DataFrame:
    """Estimate the fate of attempts by pair of stages: the columns of ``main.handoff_rates``.

    Args:
        handoffs: the attempts.
        scopes: the groups that may be shown.
        horizons: by pair of stages, how long its attempts are followed, in days.
    """
    rows = [
        (scope, *_row(part, horizons.get((part["from_stage"][0], part["to_stage"][0]))))
        for scope, inside in in_each_scope(handoffs, scopes, by_type=False)
        for part in inside.partition_by("from_stage", "to_stage", maintain_order=True)
    ]
    frame = pl.DataFrame(rows, schema=HANDOFF_RATES, orient="row")
    return frame.sort("scope", "from_stage", "to_stage")


def _row(part: pl.DataFrame, horizon: float | None) -> tuple[object, ...]:
    attempts = metric_cohorts.rejection(part)
    first_attempts = metric_cohorts.first_pass(part)
    # A metric of any attempt, then of the first ones: one horizon that both were followed to.
    metric = within_follow_up(attempts, Metric("rejection_rate", "share", horizon))
    metric = within_follow_up(first_attempts, metric)
    rejected = blocked_estimate(attempts, metric)
    first = blocked_estimate(first_attempts, metric)
    curve = kaplan_meier(
        attempts["followed_days"].to_numpy(), (attempts["end"] > 0).to_numpy().astype(np.bool_)
    )
    edge = part.row(0, named=True)
    return (
        *(edge[name] for name in ("from_stage", "to_stage", "from_role", "to_role")),
        part.height,
        part["item_id"].n_unique(),
        *(int((part["verdict"] == verdict).sum()) for verdict in _VERDICTS),
        part.height - int(part["late_return_at"].null_count()),
        int(part["is_skip"].sum()),
        rejected.value,
        rejected.low,
        rejected.high,
        first.value,
        first.low,
        first.high,
        float(part["rework_hours"].sum()) / 24,
        curve.quantile(0.50),
        metric.horizon_days,
    )
