"""What is believed of the effects of columns of cells that are in the model together.

Each effect has a normal prior around 0, so that what is hardly seen is shrunk towards it.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import logsumexp

from pipelines.attribution.seat_model import Projected
from pipelines.statistics.estimate import LEVEL, Estimate
from pipelines.statistics.normal_mixture import NormalMixture

Floats = NDArray[np.float64]

_LEAST_RATIO, _MOST_RATIO = -20.0, 20.0


@dataclass(frozen=True, slots=True)
class ColumnEffects:
    """Of k columns, at each point of the grid (g)."""

    weights: Floats
    means: Floats
    """(g, k)."""
    covariances: Floats
    """(g, k, k)."""

    @classmethod
    def of(cls, projected: Projected, columns: list[int], spread: float) -> Self:
        """The effects of these columns; others are not in the model."""
        chosen = np.array(columns, dtype=np.int64)
        inner = projected.across[:, chosen[:, None], chosen]
        scores = projected.across[:, chosen, -1]
        precision = inner + np.eye(len(chosen)) / spread**2
        covariances = np.asarray(np.linalg.inv(precision), dtype=np.float64)
        means = np.einsum("gij,gj->gi", covariances, scores)
        gained = (scores * means).sum(axis=1) - np.linalg.slogdet(precision * spread**2)[1]
        logs = projected.log_weights + gained / 2
        return cls(np.exp(logs - logsumexp(logs)), means, covariances)

    def total(self, of_each: Floats) -> NormalMixture:
        """What is believed of a weighted sum of them (k,)."""
        variances = np.einsum("gij,i,j->g", self.covariances, of_each, of_each)
        return NormalMixture(self.weights, self.means @ of_each, np.sqrt(variances))

    def ratio(self, numerator: int, denominator: int) -> Estimate | None:
        """One effect over another, after Fieller (1954); None unless the other is surely positive.

        The ratio is less than q as often as the one effect is less than q times the other.
        """
        unit = np.eye(self.means.shape[1])
        if self.total(unit[denominator]).below(0.0) > (1 - LEVEL) / 2:
            return None

        def less(ratio: float) -> float:
            return self.total(unit[numerator] - ratio * unit[denominator]).below(0.0)

        def quantile(share: float) -> float:
            if less(_LEAST_RATIO) >= share:
                return _LEAST_RATIO
            if less(_MOST_RATIO) <= share:
                return _MOST_RATIO
            at = brentq(lambda ratio: less(ratio) - share, _LEAST_RATIO, _MOST_RATIO, xtol=1e-9)
            return float(at)

        return Estimate(quantile(0.5), quantile((1 - LEVEL) / 2), quantile((1 + LEVEL) / 2))
