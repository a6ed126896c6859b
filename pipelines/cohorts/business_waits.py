"""Waits on the business clock: requests followed to an answer, to another end or to the snapshot.

Ages are in days of 24 business hours, and so is the age at which a wait came to be watched: an age
in calendar days beside working hours would count as unwatched what was watched.
"""

import polars as pl

from pipelines.cohorts.cohort_estimates import blocked_estimate
from pipelines.cohorts.cohorts import Metric, Outcomes, horizon_of, within_follow_up
from pipelines.cohorts.subjects import seen, subjects

HOURS_A_DAY = 24
_HORIZON_QUANTILE = 0.90
_ON_THE_WALL = ("watched_from", "observed_until")


def seen_requests(requests: pl.DataFrame) -> pl.DataFrame:
    """Those that had not ended when their source came to be watched.

    Args:
        requests: requested_at, elapsed_hours (to the end, or so far), ``watched_from`` where a
            source was not watched from the beginning.
    """
    waited = pl.col("elapsed_hours") / HOURS_A_DAY
    return seen(requests, entered_at="requested_at", followed_days=waited)


def business_waits(
    requests: pl.DataFrame, subject_id: str | pl.Expr, *, end: pl.Expr
) -> pl.DataFrame:
    """A cohort of requests that were seen, on the business clock.

    Args:
        requests: requested_at, business_hours (to the end, or so far), unwatched_hours (of these,
            before the source was watched), and the groups they belong to.
        subject_id: their key.
        end: 0 while open, 1 for a verdict, 2 for any other end.
    """
    waits = subjects(
        requests.drop(_ON_THE_WALL, strict=False),
        subject_id,
        entered_at="requested_at",
        followed_days=pl.col("business_hours") / HOURS_A_DAY,
        end=end,
    )
    return waits.with_columns(entry_days=requests["unwatched_hours"] / HOURS_A_DAY)


def horizon_of_waits(waits: pl.DataFrame) -> float | None:
    """The age by which nine in ten have ended: one for all scopes, so that means compare."""
    return horizon_of(waits, _HORIZON_QUANTILE)


def mean_wait(waits: pl.DataFrame, horizon: float | None) -> tuple[float | None, ...]:
    """Business hours waited on average within the horizon, with low and high, and that horizon.

    The horizon is less where nobody was followed that far; all are null where nobody was watched
    from the beginning.
    """
    metric = within_follow_up(waits, Metric("business_wait", "mean", horizon))
    mean = blocked_estimate(waits, metric)
    return tuple(in_hours(one) for one in (mean.value, mean.low, mean.high, metric.horizon_days))


def percentile_waits(waits: pl.DataFrame) -> tuple[float | None, float | None]:
    """Hours within which half and 85 % have had the end that counts (Aalen and Johansen)."""
    curve = Outcomes.of(waits).incidence()
    return in_hours(curve.quantile(0.50)), in_hours(curve.quantile(0.85))


def in_hours(in_days: float | None) -> float | None:
    """Days of 24 hours as hours."""
    return None if in_days is None else in_days * HOURS_A_DAY
