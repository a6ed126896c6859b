"""The series of a group of teams, adjusted for the mix of its work, with its sampling variance.

* Durations are on the scale of logarithms, shares are as they are.
* The mix is taken out by indirect standardisation: each bucket against what its cells (team, type
  of item) gave on average before the change. Direct standardisation would need every cell in every
  bucket, which weeks of twenty items do not have. Small cells are shrunk towards the mean of the
  group.
* The sampling variance of a bucket is that of one subject over their number, times the design
  effect; of a logarithm, with a term of second order. That of one subject is pooled over buckets:
  estimated from each bucket it would be small just where the value happens to be small, and pull
  the mean there.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from pipelines.effects.bucket_sums import BucketSums, BucketUnit
from pipelines.effects.strayings import strayings
from pipelines.statistics.own_shocks import Straying

Floats = NDArray[np.float64]

_AS_THE_WHOLE = 10
"""So many subjects like the whole are added to each cell: what a cell of a few gave is chance, and
to take it for usual would bring in more noise than the mix has."""
_ALIKE = 1e-4
"""Least relative variance of a subject: a few who took exactly as long, as a sweep that closes them
all leaves them, do not show that the next one will, too."""


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
    strayings: tuple[Straying, ...]
    """How far its teams are from it."""

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
            self.strayings,
        )


def series(sums: BucketSums, teams: Collection[str], *, before: date) -> Series:
    """The series of some teams, in the buckets in which they have anything.

    Args:
        sums: of the metric.
        teams: those of the group.
        before: the day from which on buckets are no longer of the time before the change.
    """
    group = _Group.of(sums, teams, before)
    is_share = sums.metric.kind != "mean"
    adjusted = group.adjusted(is_share=is_share)
    spread = group.spread(is_share=is_share)
    variances = spread * sums.design_effect / group.many
    places = numbers(group.days, sums.unit)
    return Series(
        group.days,
        places,
        group.many.astype(np.int64),
        group.open_subjects.sum(axis=0).astype(np.int64),
        group.mature,
        group.means,
        adjusted,
        adjusted if is_share else _logarithms(adjusted, variances, group.many, group.level),
        group.means if is_share else _logarithms(group.means, variances, group.many, group.level),
        variances if is_share else variances + 2 * variances**2,
        _effective_teams(group.subjects.sum(axis=(1, 2))),
        strayings(
            places[group.mature],
            group.subjects.sum(axis=1)[:, group.mature],
            group.total.sum(axis=1)[:, group.mature],
            (group.usual[:, :, None] * group.subjects).sum(axis=1)[:, group.mature],
            spread=spread[group.mature] * sums.design_effect,
            is_share=is_share,
        ),
    )


def numbers(days: Sequence[date], unit: BucketUnit) -> Floats:
    """Numbers of buckets that begin on these days, without gaps in time."""
    if unit == "week":
        found = [day.toordinal() // 7 for day in days]
    else:
        found = [12 * day.year + day.month for day in days]
    return np.array(found, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _Group:
    """The sums of some teams by team, cell and bucket (t, c, n), where they have anything."""

    days: tuple[date, ...]
    subjects: Floats
    total: Floats
    squares: Floats
    open_subjects: Floats
    """By team and bucket (t, n)."""
    mature: NDArray[np.bool_]
    late: NDArray[np.bool_]
    """Which buckets are no longer of the time before the change."""
    usual: Floats
    """What a subject of each team and cell (t, c) gave on average before the change."""
    many: Floats
    """Subjects of each bucket (n,)."""
    means: Floats
    level: float
    """What a subject gave on average before the change."""

    @classmethod
    def of(cls, sums: BucketSums, teams: Collection[str], before: date) -> "_Group":
        chosen = np.array([team in teams for team in sums.teams], dtype=bool)
        subjects = sums.subjects[chosen]
        there = subjects.sum(axis=(0, 1)) > 0
        days = tuple(day for day, has_any in zip(sums.bucket_on, there, strict=True) if has_any)
        subjects, total = subjects[:, :, there], sums.total[chosen][:, :, there]
        mature = sums.is_mature[chosen][:, there].all(axis=0)
        late = np.array([day >= before for day in days], dtype=bool)
        early = mature & ~late
        many = subjects.sum(axis=(0, 1))
        return cls(
            days,
            subjects,
            total,
            sums.squares[chosen][:, :, there],
            sums.open_subjects[chosen][:, there],
            mature,
            late,
            _usual(subjects, total, early),
            many,
            total.sum(axis=(0, 1)) / many,
            _quotient(total[:, :, early].sum(), subjects[:, :, early].sum()),
        )

    def adjusted(self, *, is_share: bool) -> Floats:
        """The means with the mix of the time before the change."""
        expected = (self.usual[:, :, None] * self.subjects).sum(axis=(0, 1)) / self.many
        if is_share:
            shares: Floats = self.means - (expected - self.level)
            return shares
        ones = np.ones_like(self.means)
        means: Floats = self.means * np.divide(self.level, expected, out=ones, where=expected > 0)
        return means

    def spread(self, *, is_share: bool) -> Floats:
        """The variance of one subject in each bucket; of durations, in squared means."""
        if is_share:
            return _share_variances(self.means, self.many, self.late, self.mature)
        relative = _relative_variance(
            self.subjects, self.total, self.squares, self.usual, self.mature
        )
        return np.full(len(self.many), relative)


def _usual(subjects: Floats, total: Floats, early: NDArray[np.bool_]) -> Floats:
    """What a subject of each team and cell (t, c) gave on average before the change."""
    many, given = subjects[:, :, early].sum(axis=2), total[:, :, early].sum(axis=2)
    overall = _quotient(given.sum(), many.sum())
    usual: Floats = (given + _AS_THE_WHOLE * overall) / (many + _AS_THE_WHOLE)
    return usual


def _quotient(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole > 0 else 0.0


def _relative_variance(
    subjects: Floats, total: Floats, squares: Floats, usual: Floats, mature: NDArray[np.bool_]
) -> float:
    """Variance of one subject around what is usual of its cell in its bucket, in squared means."""
    many, expected = subjects.sum(axis=(0, 1)), (usual[:, :, None] * subjects).sum(axis=(0, 1))
    usable = mature & (expected > 0) & (total.sum(axis=(0, 1)) > 0)
    degrees = many[usable].sum() - usable.sum()
    if degrees <= 0:
        return 1.0
    factor = total.sum(axis=(0, 1))[usable] / expected[usable]
    centre = usual[:, :, None] * factor
    around = (
        squares[:, :, usable]
        - 2 * centre * total[:, :, usable]
        + centre**2 * subjects[:, :, usable]
    )
    level = expected[usable].sum() / many[usable].sum()
    return max(float((around.sum(axis=(0, 1)) / (factor * level) ** 2).sum() / degrees), _ALIKE)


def _share_variances(
    means: Floats, many: Floats, late: NDArray[np.bool_], mature: NDArray[np.bool_]
) -> Floats:
    """Variance of one subject's outcome, before and after; none and all are not certain."""
    spread = np.empty(len(means))
    for phase in (late, ~late):
        known = phase & mature
        counted, whole = float((means * many)[known].sum()), float(many[known].sum())
        share = (counted + 1) / (whole + 2)
        spread[phase] = share * (1 - share)
    return spread


def _logarithms(means: Floats, variances: Floats, many: Floats, level: float) -> Floats:
    """Logarithms of means; that of a mean of few is low by half its variance, which is added."""
    least = (level if level > 0 else 1.0) / (10 * many)
    logs: Floats = np.log(np.maximum(means, least)) + variances / 2
    return logs


def _effective_teams(of_teams: Floats) -> float:
    squares = float((of_teams**2).sum())
    return float(of_teams.sum()) ** 2 / squares if squares > 0 else 1.0
