"""Intervals of mean times in states: bootstrap over clusters on a grid of ages.

Drawing whole subjects anew and estimating exactly 999 times would cost minutes. Each cluster is
reduced to its sums in a life table, from which the means of a draw follow; the draws are then moved
by the difference of the exact estimate and that of the table. Edge cases:

* Fewer than ten clusters cannot be drawn from. The means without each of them in turn then give a
  jackknife variance, and a t interval with one degree of freedom less than there are clusters.
* One cluster alone has no interval.
* Where the clusters are all alike there is no spread; the number of clusters then speaks.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from pipelines.statistics.cluster_bootstrap import FEW_CLUSTERS, percentile_interval, resampled
from pipelines.statistics.estimate import LEVEL, UNKNOWN, Estimate, mean
from pipelines.statistics.life_table import LifeTable
from pipelines.statistics.state_occupation import Floats, Integers, Lives, Stays, state_occupation

# A spread that is nothing but rounding, as a part of the most there can be.
_NEGLIGIBLE = 1e-9


@dataclass(frozen=True, slots=True)
class Occupation:
    """Mean times in states within a horizon, and their shares of the mean time to the end."""

    horizon: float
    mean: float
    """The restricted mean itself."""
    in_states: tuple[Estimate, ...]
    shares: tuple[Estimate, ...]
    """Unknown where the mean is 0."""


def occupation(
    lives: Lives, stays: Stays, clusters: Integers, *, states: int, horizon: float
) -> Occupation:
    """Estimate the mean time in each state, with 95 % intervals over clusters.

    Args:
        lives: the subjects.
        stays: in which state each was when; states may overlap, or leave out some of the time.
        clusters: label of the cluster of each subject, any integers.
        states: how many states there are.
        horizon: up to which age to look.
    """
    exact = state_occupation(lives, stays, states=states, horizon=horizon)
    whole, _ = lives.curve().restricted_mean(horizon)
    labels, groups = np.unique(clusters, return_inverse=True)
    table = LifeTable.over(lives, states=states, horizon=horizon)
    sums = table.sums(lives, stays, groups)
    total = sums.sum(axis=0, keepdims=True)
    drawn = total - sums if len(labels) < FEW_CLUSTERS else resampled(sums)
    draws = _Draws(table.means(drawn, total), table.means(total, total), len(labels))
    return Occupation(
        horizon,
        whole,
        tuple(draws.time(state, float(value), horizon) for state, value in enumerate(exact)),
        tuple(
            draws.share(state, min(1.0, float(value) / whole)) if whole > 0 else UNKNOWN
            for state, value in enumerate(exact)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Draws:
    """The means of draws of all clusters or, of a few, without each in turn."""

    drawn: Floats
    centre: Floats
    clusters: int

    def time(self, state: int, value: float, horizon: float) -> Estimate:
        """The mean time in a state, between nothing and all of the horizon."""
        return self._around(value, self.drawn[:, state] - self.centre[0, state], most=horizon)

    def share(self, state: int, value: float) -> Estimate:
        """Its share of the mean time to the end."""
        spread = _share(self.drawn, state) - _share(self.centre, state)[0]
        return self._around(value, spread[~np.isnan(spread)], most=1.0)

    def _around(self, value: float, spread: Floats, *, most: float) -> Estimate:
        if self.clusters == 1:
            return Estimate(value)
        if not len(spread) or float(np.ptp(spread)) <= _NEGLIGIBLE * most:
            return mean(value, 0.0, horizon=most, observations=self.clusters)
        low, high = self._interval(spread)
        return Estimate(
            value, min(value, max(0.0, value + low)), max(value, min(most, value + high))
        )

    def _interval(self, spread: Floats) -> tuple[float, float]:
        if self.clusters >= FEW_CLUSTERS:
            low, high = percentile_interval(spread)
            return low or 0.0, high or 0.0
        degrees = self.clusters - 1
        variance = degrees / self.clusters * float(((spread - spread.mean()) ** 2).sum())
        margin = float(stdtrit(degrees, (1 + LEVEL) / 2)) * variance**0.5
        return -margin, margin


def _share(means: Floats, state: int) -> Floats:
    whole, unknown = means[:, -1], np.full(len(means), np.nan)
    share: Floats = np.divide(means[:, state], whole, out=unknown, where=whole > 0)
    return share
