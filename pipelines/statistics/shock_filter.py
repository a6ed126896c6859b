"""Shocks taken out of columns bucket by bucket, as a Kalman filter does (Durbin and Koopman 2012).

    noise of a bucket = shock of its series + common shock + sampling noise

All shocks are autoregressive with one memory. So what the buckets so far say of the shocks of both
series is a pair of numbers with their covariance, and a pass over n buckets makes columns white,
where factoring the covariance of each bucket with each would take n cubed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.step_series import Observed

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

LEAST = 1e-12
"""Least variance of a bucket: what is known for certain leaves nothing to divide by."""


@dataclass(frozen=True, slots=True)
class Shocks:
    """How long shocks last and how strong they are, at each point of a grid (g,)."""

    memory: Floats
    """Correlation of one bucket with the next."""
    own: Floats
    """Standard deviation of the shock that a single team has for itself."""
    common: Floats
    """Standard deviation of the shock that everybody has."""


@dataclass(frozen=True, slots=True)
class ShockFilter:
    """What a pass over the buckets needs, in the order of time, at each point of a grid (g)."""

    places: Places
    """Where each bucket stands in what was observed (n,)."""
    series: Places
    """0, or 1 for a bucket of the comparison (n,)."""
    decays: Floats
    """What is left of a shock since the bucket before (n, g)."""
    gains: Floats
    """By how much what is new in a bucket moves what is known of either series (n, 2, g)."""
    deviations: Floats
    """Standard deviation of what is new in a bucket (n, g)."""

    @classmethod
    def of(cls, observed: Observed, shocks: Shocks) -> Self:
        """Prepare for passes over these buckets."""
        places = np.lexsort((observed.is_comparison, observed.times))
        series = observed.is_comparison[places].astype(np.intp)
        times = observed.times[places]
        decays = shocks.memory ** np.diff(times, prepend=times[:1])[:, None]
        decays[:1] = 0.0  # nothing is known before
        usual = _usual(observed, shocks)
        known = np.zeros_like(usual)
        gains, variances = np.empty((len(places), *known.shape[1:])), np.empty_like(decays)
        sampled = np.maximum(observed.variances[places], LEAST)
        for row, (side, decay, noise) in enumerate(zip(series, decays, sampled, strict=True)):
            known = decay**2 * known + (1 - decay**2) * usual
            variances[row] = known[side, side] + noise
            gains[row] = known[side] / variances[row]
            known = known - gains[row][:, None] * known[side]
        return cls(places, series, decays, gains, np.sqrt(variances))

    def log_determinants(self) -> Floats:
        """Half the logarithm of the determinant of the noise (g,)."""
        halves: Floats = np.log(self.deviations).sum(axis=0)
        return halves

    def white(self, columns: Floats) -> Floats:
        """Columns (n, m) as they would be without noise that has a memory (g, n, m)."""
        known = np.zeros((2, columns.shape[1], self.decays.shape[1]))
        new = np.empty((len(columns), *known.shape[1:]))
        for row, (place, side, decay, gain) in enumerate(self._passing()):
            known *= decay
            np.subtract(columns[place][:, None], known[side], out=new[row])
            known += gain[:, None] * new[row]
        new /= self.deviations[:, None]
        found = np.empty((known.shape[2], *columns.shape))
        found[:, self.places] = new.transpose(2, 0, 1)
        return found

    def unexplained(self, white: Floats) -> Floats:
        """Of a white column (g, n), what it was over the covariance of its noise (g, n).

        The same pass the other way round: the transpose of what makes columns white.
        """
        owed = np.zeros((2, len(white)))
        found = np.empty_like(white)
        scaled = white / self.deviations.T[:, np.argsort(self.places)]
        for place, side, decay, gain in reversed(list(self._passing())):
            found[:, place] = scaled[:, place] + (gain * owed).sum(axis=0)
            owed[side] -= found[:, place]
            owed *= decay
        return found

    def _passing(self) -> Iterator[tuple[int, int, Floats, Floats]]:
        """Bucket by bucket, in the order of time."""
        return zip(self.places, self.series, self.decays, self.gains, strict=True)


def _usual(observed: Observed, shocks: Shocks) -> Floats:
    """Covariance of the shocks of both series, where nothing is known of them yet (2, 2, g)."""
    usual = np.tile(shocks.common**2, (2, 2, 1))
    for side in (0, 1):
        scales = observed.own_scales[observed.is_comparison == side]
        usual[side, side] += shocks.own**2 * scales.max(initial=0.0)
    return usual
