"""Metrics by the week in which their subjects entered, never by the week in which they ended.

A week is mature when every subject of it has its end or was followed for the whole horizon. An
immature week has no estimate: it is counted, and never imputed.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import polars as pl

from pipelines.cohorts import Metric, blocked_estimate, estimate
from pipelines.scopes import Scopes, in_each_scope
from pipelines.statistics.kaplan_meier import kaplan_meier

WEEKLY_METRICS = {
    "metric": pl.String,
    "scope": pl.String,
    "week_on": pl.Date,
    "estimate": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "items": pl.Int32,
    "open_items": pl.Int32,
    "is_mature": pl.Boolean,
    "horizon_days": pl.Float64,
}
METRIC_SUMMARIES = {
    name: dtype for name, dtype in WEEKLY_METRICS.items() if name not in ("week_on", "is_mature")
}


def weekly_metrics(
    cohorts: Iterable[tuple[Metric, pl.DataFrame]], scopes: Scopes, *, zone: str
) -> pl.DataFrame:
    """The columns of ``main.weekly_metrics``, sorted."""
    rows = [
        (metric.name, scope, *row)
        for metric, cohort in cohorts
        for scope, part in in_each_scope(cohort, scopes)
        for row in _weeks(part, metric, zone)
    ]
    frame = pl.DataFrame(rows, schema=WEEKLY_METRICS, orient="row")
    return frame.sort("metric", "scope", "week_on")


def metric_summaries(
    cohorts: Iterable[tuple[Metric, pl.DataFrame]], scopes: Scopes
) -> pl.DataFrame:
    """Each metric over the whole window: the columns of ``main.metric_summaries``, sorted."""
    rows = [
        (metric.name, scope, one.value, one.low, one.high, *_counts(part), metric.horizon_days)
        for metric, cohort in cohorts
        for scope, part in in_each_scope(cohort, scopes)
        for one in [blocked_estimate(part, metric)]
    ]
    frame = pl.DataFrame(rows, schema=METRIC_SUMMARIES, orient="row")
    return frame.sort("metric", "scope")


def _weeks(cohort: pl.DataFrame, metric: Metric, zone: str) -> Iterator[tuple[object, ...]]:
    local = pl.col("entered_at").dt.convert_time_zone(zone).dt.date()
    by_week = cohort.with_columns(week_on=local.dt.truncate("1w"))
    for (week,), part in sorted(
        by_week.partition_by("week_on", as_dict=True).items(), key=lambda item: str(item[0][0])
    ):
        mature = _is_mature(part, metric)
        one = estimate(part, metric) if mature else None
        figures = (one.value, one.low, one.high) if one else (None, None, None)
        yield (week, *figures, *_counts(part), mature, metric.horizon_days)


def _is_mature(part: pl.DataFrame, metric: Metric) -> bool:
    if metric.horizon_days is None:
        return True
    followed = (pl.col("end") > 0) | (pl.col("followed_days") >= metric.horizon_days)
    return bool(part.select(followed.all()).item())


def _counts(part: pl.DataFrame) -> tuple[int, int]:
    return part.height, int((part["end"] == 0).sum())


def quantile_summaries(cohort: pl.DataFrame, name: str, scopes: Scopes) -> pl.DataFrame:
    """Median and 85th percentile of a duration over the whole window, open subjects censored.

    Intervals are those of Brookmeyer and Crowley (1982) on the log-log scale; an end that the
    curve does not reach is null.
    """
    rows = [
        (f"{name}_p{level}", scope, *_quantile(part, level / 100), *_counts(part), None)
        for scope, part in in_each_scope(cohort, scopes)
        for level in (50, 85)
    ]
    return pl.DataFrame(rows, schema=METRIC_SUMMARIES, orient="row")


def _quantile(part: pl.DataFrame, ended: float) -> tuple[float | None, float | None, float | None]:
    # Dropped is no completion: such an item is watched to its end and no further.
    curve = kaplan_meier(
        part["followed_days"].to_numpy(), (part["end"] == 1).to_numpy().astype(np.bool_)
    )
    low, high = curve.quantile_interval(ended)
    return curve.quantile(ended), low, high
