"""What a step model is fitted to: one series or two, and what is thought of their nuisances."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Observed:
    """One series, or two: that of the concerned and that of a comparison."""

    times: Floats
    """Numbers of the buckets (n,); those without a value are left out, and leave a gap."""
    values: Floats
    variances: Floats
    """Known sampling variance of each value."""
    is_comparison: NDArray[np.bool_]
    own_scales: Floats
    """Variance of the own shock of each value's series, in that of a single team."""

    def apart(self) -> Floats:
        """Values of the concerned, less those of the comparison in the same bucket if there is one.

        Buckets that only one of the two has are left out.
        """
        own = ~self.is_comparison
        if not self.has_comparison():
            return self.values
        times, places, others = np.intersect1d(
            self.times[own], self.times[~own], assume_unique=True, return_indices=True
        )
        del times
        apart: Floats = self.values[own][places] - self.values[~own][others]
        return apart

    def part(self, rows: NDArray[np.bool_]) -> "Observed":
        """Some of the values."""
        return Observed(
            self.times[rows],
            self.values[rows],
            self.variances[rows],
            self.is_comparison[rows],
            self.own_scales[rows],
        )

    def less(self, known: Floats) -> "Observed":
        """The same without what is known of the values (n,)."""
        return replace(self, values=self.values - known)

    def has_comparison(self) -> bool:
        """Whether there are two series."""
        return bool(self.is_comparison.any())


@dataclass(frozen=True, slots=True)
class Priors:
    """How large nuisances may be, on the scale of the values: standard deviations."""

    drift: float
    """Of the drift over the whole window that is no one's own."""
    own_drift: float
    """Of the drift of the concerned against a comparison."""
    shock: float
    """Scale (half-normal) of the shocks that a single team has for itself."""
    common_shock: float
    """Scale (half-normal) of the shocks that everybody has."""
    common_step: float = 0.0
    """Of a lasting shift of everybody on the day of a step: what happens to a comparison just then
    happened to the concerned as well, however unlike it is to any other week's shock."""
    season: float = 0.0
    """Of each of the two coefficients of a yearly wave; 0: there is none."""
