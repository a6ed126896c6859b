"""A mixture of normal distributions: what is believed of an effect once its nuisances are averaged.

Each component is the effect under one guess of how the noise behaves, weighted by how well that
guess explains the data. The mixture has fatter tails than any one of them, which is the price of
not knowing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import ndtr

from pipelines.statistics.estimate import LEVEL

Floats = NDArray[np.float64]
_FAR = 12.0
"""Standard deviations beyond which a normal distribution has nothing to tell."""


@dataclass(frozen=True, slots=True)
class NormalMixture:
    """Components of shape (g,); the weights sum to 1."""

    weights: Floats
    means: Floats
    deviations: Floats

    def mean(self) -> float:
        """The mean of the mixture."""
        return float(self.weights @ self.means)

    def deviation(self) -> float:
        """Its standard deviation: that within the components and that between them."""
        second = self.weights @ (self.deviations**2 + self.means**2)
        return float(np.sqrt(max(0.0, float(second) - self.mean() ** 2)))

    def below(self, value: float) -> float:
        """Probability of less than a value."""
        return float(self.weights @ ndtr((value - self.means) / self.deviations))

    def above(self, value: float) -> float:
        """Probability of more than a value; exact also where it is next to nothing."""
        return float(self.weights @ ndtr((self.means - value) / self.deviations))

    def quantile(self, share: float) -> float:
        """The value below which this share of the mixture lies."""
        low = float(np.min(self.means - _FAR * self.deviations))
        high = float(np.max(self.means + _FAR * self.deviations))
        return float(brentq(lambda value: self.below(value) - share, low, high, xtol=1e-10))

    def interval(self) -> tuple[float, float]:
        """The 95 % interval, with as much beyond the one end as beyond the other."""
        return self.quantile((1 - LEVEL) / 2), self.quantile((1 + LEVEL) / 2)

    def excludes(self, value: float) -> bool:
        """Whether the 95 % interval does not hold a value."""
        low, high = self.interval()
        return not low <= value <= high
