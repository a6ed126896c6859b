"""Metrics by the week in which their subjects entered, never by the week in which they ended.

A week is mature when every subject of it entered so long before the snapshot that it could be
followed for the whole horizon, ended or not, and was watched from its beginning; where the outcome
is known at once, when it is known of every one. If a week were shown as soon as all of it had
ended, only fast weeks would be shown early. An immature week has no estimate: it is counted, and
never imputed. The weeks of a release are too few for a series of its own.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
import polars as pl

from pipelines.cohorts.cohort_estimates import blocked_estimate, estimate, in_order
from pipelines.cohorts.cohorts import Cohort, Metric, Outcomes, within_follow_up
from pipelines.cohorts.scopes import Scopes, in_each_scope
from pipelines.statistics.estimate import UNKNOWN

WEEKLY_METRICS = pl.Schema(
    {
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
)
METRIC_SUMMARIES = pl.Schema(
    {name: dtype for name, dtype in WEEKLY_METRICS.items() if name not in ("week_on", "is_mature")}
)


def weekly_metrics(one: Cohort, scopes: Scopes, *, zone: str) -> pl.DataFrame:
    """The rows of ``main.weekly_metrics`` of one metric.

    Args:
        one: the metric with its subjects.
        scopes: the groups that may be shown.
        zone: of the organisation, whose weeks are meant.
    """
    metric, cohort = one
    rows = [
        (metric.name, scope, *row)
        for scope, part in in_each_scope(cohort, scopes)
        for row in _weeks(part, metric, zone)
    ]
    return pl.DataFrame(rows, schema=WEEKLY_METRICS, orient="row")


def metric_summaries(one: Cohort, scopes: Scopes) -> pl.DataFrame:
    """A metric over the whole window: its rows of ``main.metric_summaries``.

    Args:
        one: the metric with its subjects.
        scopes: the groups that may be shown.
    """
    metric, cohort = one
    rows = [
        (metric.name, scope, *_summary(part, within_follow_up(part, metric)))
        for scope, part in in_each_scope(in_order(cohort), scopes, by_release=True)
    ]
    return pl.DataFrame(rows, schema=METRIC_SUMMARIES, orient="row")


def _summary(part: pl.DataFrame, metric: Metric) -> tuple[object, ...]:
    one = blocked_estimate(part, metric)
    return one.value, one.low, one.high, *_counts(part), metric.horizon_days


def _weeks(cohort: pl.DataFrame, metric: Metric, zone: str) -> Iterator[tuple[object, ...]]:
    for week, outcomes in _by_week(cohort, zone):
        mature = outcomes.are_mature(metric)
        one = estimate(outcomes, metric) if mature else UNKNOWN
        yield (
            week,
            one.value,
            one.low,
            one.high,
            len(outcomes),
            int(np.count_nonzero(outcomes.ends == 0)),
            mature,
            metric.horizon_days,
        )


def _by_week(cohort: pl.DataFrame, zone: str) -> Iterator[tuple[date, Outcomes]]:
    """The outcomes of each week: slices of one pair of arrays, for there are thousands of weeks."""
    local = pl.col("entered_at").dt.convert_time_zone(zone).dt.date()
    ordered = cohort.with_columns(week_on=local.dt.truncate("1w")).sort("week_on")
    outcomes = Outcomes.of(ordered)
    weeks = ordered["week_on"].rle().struct.unnest()
    ends = weeks["len"].cum_sum()
    for week, length, end in zip(weeks["value"], weeks["len"], ends, strict=True):
        yield week, outcomes.part(slice(end - length, end))


def _counts(part: pl.DataFrame) -> tuple[int, int]:
    return part.height, int((part["end"] == 0).sum())


def quantile_summaries(cohort: pl.DataFrame, name: str, scopes: Scopes) -> pl.DataFrame:
    """Ages by which half and 85 % of the subjects have had the end that counts.

    Another end is neither that one nor censoring: what is dropped will never be done. An age, or an
    end of its interval, that the curve does not reach is null.
    """
    rows = [
        (f"{name}_p{level}", scope, *_quantile(part, level / 100), *_counts(part), None)
        for scope, part in in_each_scope(cohort, scopes, by_release=True)
        for level in (50, 85)
    ]
    return pl.DataFrame(rows, schema=METRIC_SUMMARIES, orient="row")


def _quantile(part: pl.DataFrame, share: float) -> tuple[float | None, float | None, float | None]:
    curve = Outcomes.of(part).incidence()
    return curve.quantile(share), *curve.quantile_interval(share)
