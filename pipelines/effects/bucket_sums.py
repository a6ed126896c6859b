"""Metrics by bucket of entry: the sums from which every series of an effect is made.

In a mature bucket every subject was followed to the horizon, so nothing is censored within it and
the estimate of Kaplan and Meier, or of Aalen and Johansen, is the plain mean of what each subject
gave: its time up to the horizon, or whether it had the end that counts by then. So a bucket is
described by its number of subjects, their sum and their sum of squares, and these add up over
teams.

Subjects are told apart by team and by what they are like (their cell), for the mix of work changes.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.cohorts.cohorts import Metric

BucketUnit = Literal["week", "month"]
Floats = NDArray[np.float64]

_EVERY: dict[BucketUnit, str] = {"week": "1w", "month": "1mo"}
BUCKET_DAYS: dict[BucketUnit, float] = {"week": 7, "month": 365.25 / 12}
_MOMENT = 1e-6
"""Days, a tenth of a second: two ways to the same instant differ by rounding."""
YEAR: dict[BucketUnit, float] = {unit: 365.25 / days for unit, days in BUCKET_DAYS.items()}
"""Length of a year, in buckets."""


def next_bucket(day: date, unit: BucketUnit) -> date:
    """First day of the bucket after that which begins on a day."""
    if unit == "week":
        return day + timedelta(days=7)
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


@dataclass(frozen=True, slots=True)
class BucketSums:
    """The sums of one metric, by team (t), cell (c) and bucket (b)."""

    metric: Metric
    unit: BucketUnit
    teams: tuple[str, ...]
    bucket_on: tuple[date, ...]
    """First days of the buckets that have anything, in order."""
    subjects: Floats
    """Of shape (t, c, b), as are the sums of their values and of the squares of these."""
    total: Floats
    squares: Floats
    open_subjects: Floats
    """Of shape (t, b)."""
    is_mature: NDArray[np.bool_]
    """Of shape (t, b): whether all subjects could be followed, where there are any."""
    design_effect: float
    """By how much subjects of one epic or item are more alike than independent ones: the variance
    of a mean in that of as many independent subjects."""

    def last_known_on(self) -> date | None:
        """First day of the last bucket of which any team has a value; None without one."""
        there = (self.subjects.sum(axis=1) > 0) & self.is_mature
        known = np.flatnonzero(there.any(axis=0))
        return self.bucket_on[known[-1]] if len(known) else None


def subject_values(cohort: pl.DataFrame, traits: pl.DataFrame, metric: Metric) -> pl.DataFrame:
    """What each subject gives, and what it is alike with: what sums are made of.

    One that ceased to be watched before its horizon, as what was returned in bulk, is left out:
    what it would have given is not known.

    Args:
        cohort: as in :mod:`pipelines.cohorts.cohorts`.
        traits: item_id, parent_id: what the items of the cohort belong to, null for nothing.
        metric: its kind, and its horizon where it needs one.

    Returns:
        team, cell, cluster, entered_at, end, value, can_be_told.
    """
    watched = cohort.filter(~_was_lost(metric))
    return watched.join(traits, on="item_id", how="left", maintain_order="left").select(
        pl.col("team").fill_null(""),
        pl.col("item_type").fill_null("").alias("cell"),
        pl.coalesce("parent_id", "item_id", "subject_id").alias("cluster"),
        "entered_at",
        "end",
        value=_value(metric),
        can_be_told=_can_be_told(metric),
    )


def bucket_sums(
    subjects: pl.DataFrame, metric: Metric, *, zone: str, unit: BucketUnit
) -> BucketSums:
    """Sum the subjects of a metric up by bucket.

    Args:
        subjects: as :func:`subject_values` gives them.
        metric: its kind.
        zone: of the organisation, whose days and weeks are meant.
        unit: length of a bucket.
    """
    local = pl.col("entered_at").dt.convert_time_zone(zone).dt.date()
    subjects = subjects.with_columns(bucket_on=local.dt.truncate(_EVERY[unit]))
    sums = subjects.group_by("team", "cell", "bucket_on").agg(
        subjects=pl.len(),
        open_subjects=(pl.col("end") == 0).sum(),
        total=pl.col("value").sum(),
        squares=(pl.col("value") ** 2).sum(),
        immature=(~pl.col("can_be_told")).sum(),
    )
    axes = [sums[name].unique().sort() for name in ("team", "cell", "bucket_on")]

    def dense(column: str) -> Floats:
        table = np.zeros([len(axis) for axis in axes])
        places = [axis.search_sorted(sums[axis.name]).to_numpy() for axis in axes]
        table[tuple(places)] = sums[column].to_numpy()
        return table

    return BucketSums(
        metric,
        unit,
        tuple(axes[0]),
        tuple(axes[2]),
        dense("subjects"),
        dense("total"),
        dense("squares"),
        dense("open_subjects").sum(axis=1),
        dense("immature").sum(axis=1) == 0,
        _design_effect(subjects),
    )


def _value(metric: Metric) -> pl.Expr:
    """What a subject gives: days up to the horizon, or 1 for the end that counts by then."""
    counts = pl.col("end") == 1
    if metric.kind == "outcome":
        return counts.cast(pl.Float64)
    horizon = pl.lit(metric.horizon_days, pl.Float64)
    if metric.kind == "share":
        return (counts & (pl.col("followed_days") <= horizon)).cast(pl.Float64)
    return pl.min_horizontal("followed_days", horizon)


def _was_lost(metric: Metric) -> pl.Expr:
    """Whether a subject was not watched to its horizon, though it entered early enough."""
    if metric.kind == "outcome":
        return pl.lit(value=False)
    could = pl.min_horizontal("snapshot_days", pl.lit(metric.horizon_days, pl.Float64))
    is_short = pl.col("snapshot_days").is_not_null() & (pl.col("followed_days") < could - _MOMENT)
    return (pl.col("end") == 0) & is_short


def _can_be_told(metric: Metric) -> pl.Expr:
    """Whether a subject entered early enough to be told of, whatever became of it."""
    from_the_start = pl.col("entry_days") == 0
    ended = pl.col("end") > 0
    if metric.kind == "outcome":
        return from_the_start & ended
    horizon = pl.lit(metric.horizon_days, pl.Float64)
    known = ended | (pl.col("followed_days") >= horizon)
    return from_the_start & pl.coalesce(pl.col("snapshot_days") >= horizon, known)


def _design_effect(subjects: pl.DataFrame) -> float:
    """Variance of the sums of clusters within buckets, in that of independent subjects (Kish)."""
    together = ("team", "cell", "bucket_on")
    apart = subjects.filter("can_be_told").with_columns(
        residual=pl.col("value") - pl.col("value").mean().over(together)
    )
    single = float((apart["residual"] ** 2).sum())
    clusters = apart.group_by("bucket_on", "cluster", maintain_order=True)
    clustered = clusters.agg(pl.col("residual").sum())
    if single <= 0 or not np.isfinite(single):
        return 1.0
    return max(1.0, float((clustered["residual"] ** 2).sum()) / single)
