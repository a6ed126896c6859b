"""What curves of survival and of incidence share: reading a step curve, and its log-log limits.

The interval of what is left by an age is made on the scale of ``log(-log S)``, on which it cannot
leave 0 to 1; that of a quantile are the ages at which these limits pass it (Brookmeyer and Crowley
1982).
"""

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.estimate import Z

Floats = NDArray[np.float64]

ROUNDING = 1e-12
"""A curve of fractions lands this close beside the share it means."""


def last_step(ages: Floats, age: float) -> int | None:
    """The place of the last step by an age, itself included; None before the first."""
    passed = int(np.searchsorted(ages, age, side="right"))
    return passed - 1 if passed else None


def first_age(ages: Floats, reached: NDArray[np.bool_]) -> float | None:
    """The first of the ages at which something is reached; None where it never is."""
    places = np.flatnonzero(reached)
    return float(ages[places[0]]) if len(places) else None


def log_log_limits(left: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """The 95 % limits of what is left, point by point.

    Where all or nothing is left there is no logarithm to trust: both limits are the value itself.
    """
    inner = (left > ROUNDING) & (left < 1)
    logs = np.log(left, out=np.ones_like(left), where=inner)
    error = np.divide(np.sqrt(variance), left, out=np.zeros_like(left), where=inner)
    margin = np.exp(Z * error / np.abs(logs))
    return np.where(inner, left**margin, left), np.where(inner, left ** (1 / margin), left)


def quantile_limits(
    ages: Floats, left: Floats, variance: Floats, *, share: float
) -> tuple[float | None, float | None]:
    """The ages between which a share has gone, with 95 % confidence; None where not reached.

    Where nothing is left there are no limits, and so none that is reached there.
    """
    least, most = log_log_limits(left, variance)
    known = left > ROUNDING
    return (
        first_age(ages, known & (1 - least >= share)),
        first_age(ages, known & (1 - most >= share)),
    )
