"""What is counted in a metric: subjects that entered at an instant and were followed to an end.

One shape serves every metric, so that the weekly series, the summaries and the rates of a handoff
are the same estimate on different subsets:

``subject_id, team, item_type, entered_at, followed_days, end``
    ``end`` is 0 while open (censored at ``followed_days``), 1 for the end the metric counts, 2 for
    any other. A metric without a horizon has ``followed_days`` 0 and is known at once.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from pipelines.statistics.aalen_johansen import cumulative_incidence
from pipelines.statistics.estimate import UNKNOWN, Estimate, mean, share
from pipelines.statistics.kaplan_meier import kaplan_meier

COHORT = {
    "subject_id": pl.String,
    "team": pl.String,
    "item_type": pl.String,
    "entered_at": pl.Datetime("us", "UTC"),
    "followed_days": pl.Float64,
    "end": pl.Int64,
}
_BLOCKS = 20


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of a cohort, and the horizon over which its subjects are followed."""

    name: str
    kind: Literal["share", "mean"]
    horizon_days: float | None = None


def estimate(cohort: pl.DataFrame, metric: Metric) -> Estimate:
    """Estimate a metric with an interval that takes the subjects as independent."""
    value, variance = _value(cohort, metric)
    return _interval(value, variance, cohort.height, metric)


def blocked_estimate(cohort: pl.DataFrame, metric: Metric) -> Estimate:
    """Estimate a metric with an interval that does not.

    Subjects that enter about the same time share what happened then. The variance is that of a
    jackknife over twenty consecutive blocks of entry (Kuensch 1989); where it is smaller than that
    of independent subjects, the larger one counts.
    """
    value, variance = _value(cohort, metric)
    if value is None or cohort.height < _BLOCKS:
        return _interval(value, variance, cohort.height, metric)
    ordered = cohort.sort("entered_at", "subject_id")
    block = pl.int_range(pl.len()) * _BLOCKS // pl.len()
    parts = ordered.with_columns(_block=block)
    left_out = [
        _value(parts.filter(pl.col("_block") != number), metric)[0] for number in range(_BLOCKS)
    ]
    values = np.array([one if one is not None else value for one in left_out])
    jackknife = (_BLOCKS - 1) / _BLOCKS * float(((values - values.mean()) ** 2).sum())
    return _interval(value, max(variance, jackknife), cohort.height, metric)


def horizon_of(cohort: pl.DataFrame, quantile: float) -> float | None:
    """The age by which this share of the subjects has ended, as far as the data reach."""
    if cohort.is_empty():
        return None
    curve = kaplan_meier(
        cohort["followed_days"].to_numpy(), (cohort["end"] > 0).to_numpy().astype(np.bool_)
    )
    reached = curve.quantile(quantile)
    return reached if reached is not None else curve.largest_age


def _value(cohort: pl.DataFrame, metric: Metric) -> tuple[float | None, float]:
    if cohort.is_empty():
        return None, 0.0
    followed = cohort["followed_days"].to_numpy().astype(np.float64)
    ends = cohort["end"].to_numpy().astype(np.int64)
    if metric.kind == "mean":
        horizon = metric.horizon_days or 0.0
        return kaplan_meier(followed, ends > 0).restricted_mean(horizon)
    horizon = metric.horizon_days if metric.horizon_days is not None else 0.0
    return cumulative_incidence(followed, ends, end=1, horizon=horizon)


def _interval(value: float | None, variance: float, count: int, metric: Metric) -> Estimate:
    if value is None:
        return UNKNOWN
    return share(value, variance, count) if metric.kind == "share" else mean(value, variance)
