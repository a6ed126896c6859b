"""An estimate with its interval: no number of the product travels without one."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

LEVEL = 0.95
Z = float(ndtri(0.5 + LEVEL / 2))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and its 95 % interval; all three None where too little is known."""

    value: float | None
    low: float | None = None
    high: float | None = None


UNKNOWN = Estimate(None)
# A variance that is nothing but rounding, as a part of the horizon.
_NEGLIGIBLE = 1e-9


def share(value: float, variance: float, observations: int) -> Estimate:
    """Wilson interval of a share, with the sample size its variance is worth.

    A share of 0 or 1 has no variance of its own; the number of observations then speaks. Wilson
    (1927); effective sample size as in Korn and Graubard (1998).

    Args:
        value: the share.
        variance: of the share; 0 where it has none of its own.
        observations: subjects whose outcome is known.
    """
    if observations == 0:
        return UNKNOWN
    spread = value * (1 - value)
    size = min(spread / variance, observations) if variance > 0 and spread > 0 else observations
    centre = (value + Z**2 / (2 * size)) / (1 + Z**2 / size)
    margin = Z / (1 + Z**2 / size) * np.sqrt(spread / size + Z**2 / (4 * size**2))
    low, high = max(0.0, centre - margin), min(1.0, centre + margin)
    return Estimate(value, min(float(low), value), max(float(high), value))


def mean(value: float, variance: float, *, horizon: float, observations: int) -> Estimate:
    """Normal interval of a mean restricted to a horizon, which lies between nothing and all of it.

    Subjects that are all alike, or a single one, have no variance of their own. The mean is then
    taken as a share of the horizon, of which no variance can be larger, and their number speaks.
    """
    margin = Z * float(np.sqrt(variance))
    if margin > _NEGLIGIBLE * horizon:
        return Estimate(value, max(0.0, value - margin), min(horizon, value + margin))
    if horizon == 0:
        return Estimate(value, value, value)
    lived = share(min(1.0, value / horizon), 0.0, observations)
    low, high = (None if bound is None else bound * horizon for bound in (lived.low, lived.high))
    return Estimate(value, low, high)
