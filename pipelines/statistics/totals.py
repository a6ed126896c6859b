"""A total over subjects, what it might have been, and its price between two declared values.

The subjects are drawn anew, with replacement: the percentiles of their sums are the interval. Fewer
than ten cannot be drawn from, and of ten thousand the sum is normal as near as draws could show;
both have a t interval, and its draws are the quantiles of that t. A single subject, or several that
are all alike, say nothing about what else might have been.
"""

from dataclasses import dataclass
from math import floor, inf, log10

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from pipelines.statistics.cluster_bootstrap import (
    DRAWS,
    FEW_CLUSTERS,
    SEED,
    percentile_interval,
    resampled,
)

Floats = NDArray[np.float64]
_DIGITS = 2
_MANY = 10_000
"""Subjects from which on a sum is normal: to draw a million of them anew takes most of a minute."""


@dataclass(frozen=True, slots=True)
class Total:
    """A sum, and draws of what it might have been; none where nothing is known of that."""

    value: float
    draws: Floats | None

    def interval(self) -> tuple[float | None, float | None]:
        """The 95 % interval, which holds the value; both None where there are no draws."""
        low, high = (None, None) if self.draws is None else percentile_interval(self.draws)
        return (
            None if low is None else min(low, self.value),
            None if high is None else max(high, self.value),
        )


def total(amounts: Floats, *, least: float = -inf) -> Total:
    """The sum of the amounts of independent subjects.

    Args:
        amounts: one for each subject.
        least: what no such sum can be below.
    """
    many, value = len(amounts), float(amounts.sum())
    if many == 0 or np.ptp(amounts) == 0:
        return Total(value, None)
    if FEW_CLUSTERS <= many < _MANY:
        return Total(value, resampled(amounts[:, None])[:, 0])
    spread = float(np.std(amounts, ddof=1)) * many**0.5
    quantiles = stdtrit(many - 1, np.arange(1, DRAWS + 1) / (DRAWS + 1))
    return Total(value, np.maximum(least, value + spread * quantiles))


def priced(quantity: Total, prices: tuple[float, float]) -> tuple[float, float]:
    """The cost of a quantity at a price that lies anywhere between two, to two digits.

    Chance and price are drawn together, prices evenly; without draws of the quantity the cost lies
    between that at the one price and that at the other.
    """
    cheapest, dearest = sorted(quantity.value * price for price in prices)
    if quantity.draws is not None:
        random = np.random.Generator(np.random.PCG64(SEED))
        costs = quantity.draws * random.uniform(*prices, size=len(quantity.draws))
        low, high = percentile_interval(costs)
        cheapest, dearest = low or 0.0, high or 0.0
    return _rounded(cheapest), _rounded(dearest)


def _rounded(amount: float) -> float:
    """To two significant digits: more would be read as more than is known."""
    if amount == 0:
        return 0.0
    return round(amount, _DIGITS - 1 - floor(log10(abs(amount))))
