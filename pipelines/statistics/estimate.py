"""An estimate with its interval: the product gives no estimate without one."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, stdtrit

LEVEL = 0.95
FEWEST_TOLD = 20
"""Of fewer subjects no share is told, and nothing is said of a cause."""
Z = float(ndtri(0.5 + LEVEL / 2))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and its 95 % interval; all three None where too little is known."""

    value: float | None
    low: float | None = None
    high: float | None = None


UNKNOWN = Estimate(None)
# So few that their own spread is hardly known.
_FEW = 10


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
    """The t interval of a mean restricted to a horizon, which lies between nothing and all of it.

    It reaches at least to where one more subject could take the mean, so that subjects that are all
    alike, or nearly, do not make it certain. Of fewer than ten the spread is hardly known: theirs
    is at least the interval of the mean taken as a share of the horizon, of which no variance can
    be larger.

    Args:
        value: the mean.
        variance: of the mean, unbiased (:func:`unbiased`).
        horizon: of the mean.
        observations: subjects whose time within the horizon is known.
    """
    if observations == 0:
        return Estimate(value)
    margin = t_margin(variance, observations - 1) if observations > 1 else 0.0
    low = min(value - margin, value * observations / (observations + 1))
    high = max(value + margin, (value * observations + horizon) / (observations + 1))
    if observations < _FEW and horizon > 0:
        lived = share(min(1.0, value / horizon), 0.0, observations)
        low, high = min(low, (lived.low or 0.0) * horizon), max(high, (lived.high or 0.0) * horizon)
    return Estimate(value, max(0.0, low), max(value, min(horizon, high)))


def t_margin(variance: float, degrees: float) -> float:
    """Half the width of a 95 % interval around an estimate whose variance was itself estimated."""
    return float(stdtrit(degrees, (1 + LEVEL) / 2)) * float(np.sqrt(variance))


def unbiased(variance: float, observations: int) -> float:
    """Greenwood's variance of a mean by n - 1 instead of n (Kaplan and Meier 1958, section 6)."""
    return variance * observations / (observations - 1) if observations > 1 else variance
