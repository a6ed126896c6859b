"""The series of a group of teams, adjusted for the mix of its work, with its sampling variance.

* On the scale of logarithms for durations, of shares as they are.
* The mix is taken out by indirect standardisation: each bucket against what its cells (team, type
  of item) gave on average before the change. Direct standardisation would need every cell in every
  bucket, which weeks of twenty items do not have. Cells of fewer than five subjects before the
  change are taken together.
* The sampling variance of a bucket is that of one subject over their number, times the design
  effect. That of one subject is pooled over buckets: estimated from each bucket it would be small
  just where the value happens to be small, and draw the mean there.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.effects.bucket_sums import BucketSums

Floats = NDArray[np.float64]

_SMALL_CELL = 5


@dataclass(frozen=True, slots=True)
class Series:
    """One group of teams, bucket by bucket, in order (n,)."""

    bucket_on: tuple[date, ...]
    numbers: Floats
    """Numbers of the buckets, without gaps in time."""
    subjects: NDArray[np.int64]
    open_subjects: NDArray[np.int64]
    is_mature: NDArray[np.bool_]
    means: Floats
    """As they were, in the unit of the metric."""
    adjusted: Floats
    """With the mix of the time before the change, in the unit of the metric."""
    values: Floats
    """Adjusted, on the working scale."""
    raw_values: Floats
    """As they were, on the working scale."""
    variances: Floats
    """Of the values."""
    effective_teams: float
    """How many equal teams it is worth: own shocks of that many average out."""

    def part(self, rows: NDArray[np.bool_]) -> "Series":
        """Some of the buckets."""
        return Series(
            tuple(day for day, kept in zip(self.bucket_on, rows, strict=True) if kept),
            self.numbers[rows],
            self.subjects[rows],
            self.open_subjects[rows],
            self.is_mature[rows],
            self.means[rows],
            self.adjusted[rows],
            self.values[rows],
            self.raw_values[rows],
            self.variances[rows],
            self.effective_teams,
        )


def series(sums: BucketSums, teams: Collection[str] | None, *, before: date) -> Series:
    """The series of some teams.

    Args:
        sums: of the metric.
        teams: those of the group; None: all.
        before: the day from which on buckets are no longer of the time before the change.
    """
    frame = sums.frame if teams is None else sums.frame.filter(pl.col("team").is_in(list(teams)))
    early = (pl.col("bucket_on") < before) & pl.col("is_mature")
    expected = _with_expected(frame, early)
    buckets = (
        expected.group_by("bucket_on")
        .agg(
            pl.col("subjects", "open_subjects", "total").sum(),
            pl.col("is_mature").all(),
            expected=(pl.col("usual") * pl.col("subjects")).sum(),
        )
        .sort("bucket_on")
    )
    many = buckets["subjects"].to_numpy().astype(np.float64)
    means = buckets["total"].to_numpy() / many
    usual = buckets["expected"].to_numpy() / many
    level = _level(frame.filter(early))
    is_share = sums.metric.kind != "mean"
    late = (buckets["bucket_on"] >= before).to_numpy()
    mature = buckets["is_mature"].to_numpy()
    if is_share:
        adjusted = means - (usual - level)
        spread = _share_variances(means, many, late, mature)
    else:
        adjusted = means * np.divide(level, usual, out=np.ones_like(usual), where=usual > 0)
        told = buckets.filter("is_mature")
        spread = np.full(len(many), _relative_variance(expected, mature_on=told))
    variances = spread * sums.design_effect / many
    return Series(
        tuple(buckets["bucket_on"]),
        _numbers(buckets["bucket_on"], sums.unit),
        buckets["subjects"].to_numpy(),
        buckets["open_subjects"].to_numpy(),
        mature,
        means,
        adjusted,
        adjusted if is_share else _logarithms(adjusted, variances, many, level),
        means if is_share else _logarithms(means, variances, many, level),
        variances,
        _effective_teams(frame),
    )


def _with_expected(frame: pl.DataFrame, early: pl.Expr) -> pl.DataFrame:
    """Add ``usual``: what a subject of each row gave on average before the change."""
    overall = _level(frame.filter(early))
    cells = frame.filter(early).group_by("team", "cell").agg(pl.col("subjects", "total").sum())
    of_cells = cells.filter(pl.col("subjects") >= _SMALL_CELL).select(
        "team", "cell", of_cell=pl.col("total") / pl.col("subjects")
    )
    small = frame.join(of_cells, on=["team", "cell"], how="anti")
    taken_together = small.filter(early)
    rest = _level(taken_together) if _count(taken_together) >= _SMALL_CELL else overall
    told = frame.join(of_cells, on=["team", "cell"], how="left", maintain_order="left")
    return told.with_columns(usual=pl.col("of_cell").fill_null(rest))


def _count(frame: pl.DataFrame) -> int:
    return int(frame["subjects"].sum())


def _level(frame: pl.DataFrame) -> float:
    """Mean over all subjects; 0 where there are none."""
    many = _count(frame)
    return float(frame["total"].sum()) / many if many else 0.0


def _relative_variance(expected: pl.DataFrame, *, mature_on: pl.DataFrame) -> float:
    """Variance of one subject around what is usual of its cell in its bucket, in squared means."""
    factor = pl.when(pl.col("expected") > 0).then(pl.col("total") / pl.col("expected"))
    of_bucket = mature_on.select("bucket_on", factor=factor)
    rows = expected.join(of_bucket, on="bucket_on").filter(pl.col("factor") > 0)
    centre = pl.col("factor") * pl.col("usual")
    squares = pl.col("squares") - 2 * centre * pl.col("total") + pl.col("subjects") * centre**2
    relative = rows.select((squares / pl.col("factor") ** 2).sum()).item()
    level = _level(rows.with_columns(total=pl.col("usual") * pl.col("subjects")))
    degrees = _count(rows) - of_bucket.height
    return float(relative) / degrees / level**2 if degrees > 0 and level > 0 else 1.0


def _share_variances(
    means: Floats, many: Floats, late: NDArray[np.bool_], mature: NDArray[np.bool_]
) -> Floats:
    """Variance of one subject's outcome, before and after; none and all are not certain."""
    spread = np.empty(len(means))
    for phase in (late, ~late):
        told = phase & mature
        counted, whole = float((means * many)[told].sum()), float(many[told].sum())
        share = (counted + 1) / (whole + 2)
        spread[phase] = share * (1 - share)
    return spread


def _logarithms(adjusted: Floats, variances: Floats, many: Floats, level: float) -> Floats:
    """Logarithms of means; that of a mean of few is low by half its variance, which is added."""
    least = (level if level > 0 else 1.0) / (10 * many)
    logs: Floats = np.log(np.maximum(adjusted, least)) + variances / 2
    return logs


def _numbers(days: pl.Series, unit: str) -> Floats:
    if unit == "week":
        numbers = days.cast(pl.Int32) // 7
    else:
        numbers = days.dt.year().cast(pl.Int32) * 12 + days.dt.month().cast(pl.Int32)
    return numbers.to_numpy().astype(np.float64)


def _effective_teams(frame: pl.DataFrame) -> float:
    of_teams = frame.group_by("team").agg(pl.col("subjects").sum())["subjects"].to_numpy()
    shares = of_teams / max(1, of_teams.sum())
    return float(1 / max((shares**2).sum(), 1e-9)) if len(of_teams) else 1.0
