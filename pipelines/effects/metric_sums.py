"""A metric with its sums by week and by month, each made when it is first asked for."""

from collections.abc import Collection

import numpy as np
import polars as pl

from pipelines.cohorts.cohorts import Metric
from pipelines.effects.bucket_sums import BucketSums, BucketUnit, bucket_sums

FEW = 4
"""Subjects in the median week below which weeks give way to months."""


class MetricSums:
    """The sums of one metric."""

    def __init__(
        self, metric: Metric, cohort: pl.DataFrame, traits: pl.DataFrame, *, zone: str
    ) -> None:
        """Take the subjects.

        Args:
            metric: its kind and horizon.
            cohort: as in :mod:`pipelines.cohorts.cohorts`.
            traits: item_id, parent_id.
            zone: of the organisation.
        """
        self.metric = metric
        self.cohort = cohort
        self._traits = traits
        self._zone = zone
        self._sums: dict[BucketUnit, BucketSums] = {}

    def by(self, unit: BucketUnit) -> BucketSums:
        """The sums by buckets of one length."""
        if unit not in self._sums:
            self._sums[unit] = bucket_sums(
                self.cohort, self._traits, self.metric, zone=self._zone, unit=unit
            )
        return self._sums[unit]

    def teams(self) -> set[str]:
        """Those that have anything of the metric."""
        return set(self.by("week").teams)

    def unit(self, teams: Collection[str]) -> BucketUnit:
        """Weeks, or months where the median week of these teams has hardly anything."""
        weeks = self.by("week")
        chosen = np.array([team in teams for team in weeks.teams], dtype=bool)
        of_weeks = weeks.subjects[chosen].sum(axis=(0, 1))
        of_weeks = of_weeks[of_weeks > 0]
        return "week" if len(of_weeks) and np.median(of_weeks) >= FEW else "month"

    def can_be_told(self) -> bool:
        """Whether it has subjects, and a horizon where it needs one."""
        needs_horizon = self.metric.kind != "outcome"
        lacks_horizon = needs_horizon and self.metric.horizon_days is None
        return not lacks_horizon and not self.cohort.is_empty()
