"""Which cause is first, how sure that is, and whether it depends on what is taken as normal."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.cluster_bootstrap import DRAWS, SEED, percentile_interval
from pipelines.statistics.state_occupation import Floats

SURE = 0.9
"""Probability of being first from which on one cause is named."""
_OTHER_NORMALS = 0.5
"""Standard deviation of the logarithm of other normals that one could think of."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """The standing of some causes (k,)."""

    excess: Floats
    low: Floats
    high: Floats
    rank: NDArray[np.int64]
    """From 1, by the excess as far as it is positive; equal ones in the order given."""
    probability_first: Floats
    """Share of the draws in which the cause has the largest excess, and any at all."""
    survives: Floats
    """Share of draws of other normals in which it has; the data stay the same."""
    in_set: NDArray[np.bool_]
    """Whether its interval reaches that of the first."""

    def verdict(self, place: int) -> str:
        """What may be said of one of them."""
        if not self.in_set[place] or self.excess[place] <= 0:
            return "not_the_constraint"
        first = self.rank[place] == 1 and self.low[place] > 0
        if not first or self.probability_first[place] < SURE:
            return "one_of_several"
        return "constraint" if self.survives[place] >= SURE else "depends_on_what_is_normal"


def ranks(owned: Floats, normal: Floats) -> Ranks:
    """Rank causes.

    Args:
        owned: days per item of each cause, as they are (row 0) and in every draw (rows, k).
        normal: days per item that would be normal, likewise.
    """
    excess = owned - normal
    draws = excess[1:]
    intervals = [percentile_interval(column) for column in draws.T]
    found = excess[0]
    low = np.array([_least(one[0], value) for one, value in zip(intervals, found, strict=True)])
    high = np.array([_most(one[1], value) for one, value in zip(intervals, found, strict=True)])
    order = np.argsort(-np.maximum(found, 0.0), kind="stable")
    rank = np.empty(len(found), dtype=np.int64)
    rank[order] = np.arange(1, len(found) + 1)
    others = owned[0] - normal[0] * _other_normals(len(found))
    return Ranks(
        found,
        low,
        high,
        rank,
        _first(draws),
        _first(others),
        (high >= low[order[0]]) & (high > 0),
    )


def _least(low: float | None, value: float) -> float:
    return value if low is None else min(low, value)


def _most(high: float | None, value: float) -> float:
    return value if high is None else max(high, value)


def _first(draws: Floats) -> Floats:
    """How often each is the largest, and positive."""
    largest = np.argmax(draws, axis=1)
    positive = draws[np.arange(len(draws)), largest] > 0
    counts = np.bincount(largest[positive], minlength=draws.shape[1])
    share: Floats = counts / len(draws)
    return share


def _other_normals(many: int) -> Floats:
    """Factors by which somebody else might see each normal otherwise (draws, k)."""
    random = np.random.Generator(np.random.PCG64(SEED))
    factors: Floats = np.exp(_OTHER_NORMALS * random.standard_normal((DRAWS, many)))
    return factors
