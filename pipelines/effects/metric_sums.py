"""A metric with its sums by week and by month."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl

from pipelines.cohorts.cohorts import Metric
from pipelines.effects.bucket_sums import BucketSums, BucketUnit, bucket_sums, subject_values

FEW = 4
"""Subjects in the median week below which weeks give way to months."""


@dataclass(frozen=True, slots=True)
class MetricSums:
    """The sums of one metric: all that is asked of its subjects when a change is judged."""

    metric: Metric
    weeks: BucketSums
    months: BucketSums

    @classmethod
    def of(cls, metric: Metric, cohort: pl.DataFrame, traits: pl.DataFrame, *, zone: str) -> Self:
        """Sum the subjects up.

        Args:
            metric: its kind and horizon.
            cohort: as in :mod:`pipelines.cohorts.cohorts`.
            traits: item_id, parent_id.
            zone: of the organisation.
        """
        subjects = subject_values(cohort, traits, metric)
        return cls(
            metric,
            *(bucket_sums(subjects, metric, zone=zone, unit=unit) for unit in ("week", "month")),
        )

    def by(self, unit: BucketUnit) -> BucketSums:
        """The sums by buckets of one length."""
        return self.weeks if unit == "week" else self.months

    def teams(self) -> set[str]:
        """Those that have anything of the metric."""
        return set(self.weeks.teams)

    def unit(self, teams: Collection[str]) -> BucketUnit:
        """Weeks, or months where the median week of these teams has hardly anything."""
        chosen = np.array([team in teams for team in self.weeks.teams], dtype=bool)
        of_weeks = self.weeks.subjects[chosen].sum(axis=(0, 1))
        of_weeks = of_weeks[of_weeks > 0]
        return "week" if len(of_weeks) and np.median(of_weeks) >= FEW else "month"

    def can_be_told(self) -> bool:
        """Whether it has subjects, and a horizon where it needs one."""
        needs_horizon = self.metric.kind != "outcome"
        lacks_horizon = needs_horizon and self.metric.horizon_days is None
        return not lacks_horizon and bool(self.weeks.teams)
