"""Forecast drift: how the date of a release moved against time, and whether it converged.

The date is read at the commitment and then every week until the end (shipped, dropped or the
snapshot). *Drift rate* is the slope of Theil and Sen through these readings: days slipped per day
elapsed. *Convergence* is the slope of the last third less that of the first. *Estimating quality*
is DeMarco's EQF, the square of the time to delivery over the area between the dates that were told
and the delivery; *bias* the mean of told over actual time to delivery. Edge cases:

* A date is a day: distances between a date, the commitment and the delivery are whole local days;
  time itself runs in elapsed days.
* While the date is cleared there is no reading, and the time counts in no area.
* A release shipped on the local day of its commitment has no time to delivery and no quality or
  bias; one that was out when first seen has a single reading.

Sen (1968), Estimates of the regression coefficient based on Kendall's tau. DeMarco (1982),
Controlling Software Projects. Eveleens and Verhoef (2009), Quantifying IT forecast quality.
"""

import math
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.stats import theilslopes

from pipelines.histories.neighbours import last_before
from pipelines.histories.spans import days
from pipelines.promises.releases import release_end

_FEWEST_FOR_A_SLOPE = 3
_FEWEST_FOR_CONVERGENCE = 9
_LEVEL = 0.95
_SLOPES = pl.Schema(
    {
        "subject_id": pl.String(),
        "points": pl.Int32(),
        "drift_rate": pl.Float64(),
        "drift_low": pl.Float64(),
        "drift_high": pl.Float64(),
        "convergence": pl.Float64(),
    }
)


class _Line(NamedTuple):
    slope: float | None
    low: float | None
    high: float | None


def forecast_drift(steps: pl.DataFrame, ledger: pl.DataFrame, *, zone: str) -> pl.DataFrame:
    """Measure the drift of every release that ever had a date.

    Args:
        steps: subject_id, at, on (null: cleared): what
            :func:`pipelines.promises.releases.release_steps` found.
        ledger: the columns of ``main.commitments``, dropped_at, observed_until, is_outcome_known.
        zone: the zone that says what day it is.

    Returns:
        The columns of ``main.forecast_drift``, sorted.
    """
    releases = (
        ledger.filter((pl.col("subject_kind") == "release") & pl.col("committed_at").is_not_null())
        .with_columns(until=pl.max_horizontal("committed_at", release_end()))
        .with_columns(
            committed_on=_local_day("committed_at", zone), done_on=_local_day("shipped_at", zone)
        )
    )
    dates = steps.select("subject_id", "at", "on").sort("subject_id", "at")
    readings = _readings(releases, dates)
    return (
        releases.join(_slopes(readings), on="subject_id", how="left")
        .join(_quality(releases, dates), on="subject_id", how="left")
        .join(_bias(releases, readings), on="subject_id", how="left")
        .select(
            *("subject_id", "subject", "team", "committed_at", "shipped_at"),
            pl.col("points").fill_null(0),
            *("drift_rate", "drift_low", "drift_high", "convergence"),
            *("estimating_quality", "forecast_bias"),
            is_lower_bound=pl.lit(True),
        )
        .sort("subject_id")
    )


def _local_day(instant: str, zone: str) -> pl.Expr:
    return pl.col(instant).dt.convert_time_zone(zone).dt.date()


def _calendar_days(start: str, end: str) -> pl.Expr:
    return (pl.col(end) - pl.col(start)).dt.total_days()


def _readings(releases: pl.DataFrame, dates: pl.DataFrame) -> pl.DataFrame:
    """The date as told at the commitment and every week after it.

    Returns:
        subject_id, elapsed (days since the commitment), told (days from it to the date); without
        the readings at which there was no date.
    """
    moments = releases.select(
        "subject_id",
        "committed_at",
        "committed_on",
        read_at=pl.datetime_ranges("committed_at", "until", "168h"),
    ).explode("read_at")
    return (
        last_before(moments, "read_at", dates, "at", by="subject_id", or_at=True)
        .drop_nulls("on")
        .select(
            "subject_id",
            elapsed=days(pl.col("read_at") - pl.col("committed_at")),
            told=_calendar_days("committed_on", "on"),
        )
        .sort("subject_id", "elapsed")
    )


def _slopes(readings: pl.DataFrame) -> pl.DataFrame:
    rows = []
    for (subject_id,), one in readings.partition_by("subject_id", as_dict=True).items():
        days, told = (one[column].cast(pl.Float64).to_numpy() for column in ("elapsed", "told"))
        rows.append((subject_id, len(days), *_line(days, told), _convergence(days, told)))
    return pl.DataFrame(rows, schema=_SLOPES, orient="row")


def _line(days: NDArray[np.float64], told: NDArray[np.float64]) -> _Line:
    """The slope of Theil and Sen with its interval."""
    if len(days) < _FEWEST_FOR_A_SLOPE:
        return _Line(None, None, None)
    slope, _, low, high = theilslopes(told, days, _LEVEL)
    return _Line(*(float(one) if math.isfinite(one) else None for one in (slope, low, high)))


def _convergence(days: NDArray[np.float64], told: NDArray[np.float64]) -> float | None:
    """The slope of the last third less that of the first."""
    third = len(days) // 3
    if len(days) < _FEWEST_FOR_CONVERGENCE:
        return None
    first = _line(days[:third], told[:third]).slope
    last = _line(days[-third:], told[-third:]).slope
    return None if first is None or last is None else last - first


def _quality(releases: pl.DataFrame, dates: pl.DataFrame) -> pl.DataFrame:
    """The square of the time to delivery over the area between what was told and it."""
    stays = dates.with_columns(next_at=pl.col("at").shift(-1).over("subject_id")).join(
        _delivered(releases), on="subject_id"
    )
    area = _calendar_days("on", "done_on").abs() * days(pl.col("next_at") - pl.col("at"))
    return (
        stays.with_columns(next_at=pl.min_horizontal("next_at", "until"))
        .filter((pl.col("at") < pl.col("next_at")) & pl.col("on").is_not_null())
        .group_by("subject_id", maintain_order=True)
        .agg(pl.col("actual").first(), area=area.sum())
        .filter(pl.col("area") > 0)
        .select("subject_id", estimating_quality=pl.col("actual") ** 2 / pl.col("area"))
    )


def _bias(releases: pl.DataFrame, readings: pl.DataFrame) -> pl.DataFrame:
    """The mean of told over actual time to delivery."""
    return (
        readings.join(_delivered(releases), on="subject_id")
        .group_by("subject_id", maintain_order=True)
        .agg(forecast_bias=(pl.col("told") / pl.col("actual")).mean())
    )


def _delivered(releases: pl.DataFrame) -> pl.DataFrame:
    """Shipped releases with the local days from the commitment to the delivery: actual."""
    actual = _calendar_days("committed_on", "done_on")
    return releases.with_columns(actual=actual).filter(pl.col("actual") > 0)
