"""Cumulative incidence of one end among several: the probability that it has come by an age.

Dividing the rejected by all attempts of a month is biased low, because the attempts of its last
weeks are undecided; treating other ends as censoring is biased high. Aalen and Johansen (1978);
variance by the delta method as in Marubini and Valsecchi (1995), section 10.3. With one kind of
end the curve is one minus that of Kaplan and Meier, and its variance is Greenwood's.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.estimate import Z

Floats = NDArray[np.float64]

# A curve of fractions lands a rounding error beside the share it means.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Incidence:
    """The curve: ages at which anything ended, the share with this end by then, its variance."""

    ages: Floats
    incidence: Floats
    variance: Floats

    def at(self, horizon: float) -> tuple[float, float]:
        """Probability of the end within the horizon, itself included, and its variance."""
        passed = int(np.searchsorted(self.ages, horizon, side="right"))
        if not passed:
            return 0.0, 0.0
        return float(self.incidence[passed - 1]), float(self.variance[passed - 1])

    def quantile(self, share: float) -> float | None:
        """The age by which this share has had the end; None where the curve does not reach it."""
        return _first(self.ages, self.incidence >= share - _ROUNDING)

    def quantile_interval(self, share: float) -> tuple[float | None, float | None]:
        """The ages between which that quantile lies with 95 % confidence.

        Brookmeyer and Crowley (1982) on the log-log scale; None where a bound is not reached.
        """
        left = 1 - self.incidence
        # What is left where all have had the end is a rounding error: no logarithm to trust.
        inner = (self.incidence > 0) & (left > _ROUNDING)
        logs = np.log(left, out=np.ones_like(left), where=inner)
        error = np.divide(np.sqrt(self.variance), left, out=np.zeros_like(left), where=inner)
        margin = np.exp(Z * error / np.abs(logs))
        most = 1 - np.where(inner, left**margin, left)
        least = 1 - np.where(inner, left ** (1 / margin), left)
        return _first(self.ages, most >= share), _first(self.ages, least >= share)


def aalen_johansen(exits: Floats, ends: NDArray[np.int64], *, end: int) -> Incidence:
    """Estimate the cumulative incidence of one end.

    Args:
        exits: age at the end or at censoring, in any unit.
        ends: which end it was; 0 for censored.
        end: the end in question.
    """
    ordered = np.sort(exits)
    ages = np.unique(exits[ends > 0])
    at_risk = len(exits) - np.searchsorted(ordered, ages, side="left").astype(np.float64)
    any_end = _counts(exits[ends > 0], ages)
    this_end = _counts(exits[ends == end], ages)
    before = np.concatenate([[1.0], np.cumprod(1 - any_end / at_risk)[:-1]])[: len(ages)]
    incidence = np.cumsum(before * this_end / at_risk)
    return Incidence(ages, incidence, _variance(incidence, before, at_risk, any_end, this_end))


def _counts(exits: Floats, ages: Floats) -> Floats:
    ordered = np.sort(exits)
    upto = np.searchsorted(ordered, ages, side="right")
    return (upto - np.searchsorted(ordered, ages, side="left")).astype(np.float64)


def _variance(
    incidence: Floats, before: Floats, at_risk: Floats, any_end: Floats, this_end: Floats
) -> Floats:
    """The variance at every age.

    It is a sum over earlier ages of squares of what was still to come between the two; multiplied
    out, every term is a running sum, and the whole curve costs no more than its last point.
    """
    spread = at_risk * (at_risk - any_end)
    leaving = np.divide(any_end, spread, out=np.zeros_like(spread), where=spread > 0)
    arriving = before * this_end / at_risk**2
    own = before**2 * (at_risk - this_end) * this_end / at_risk**3
    constant = np.cumsum(incidence**2 * leaving + own + 2 * incidence * arriving)
    linear = np.cumsum(incidence * leaving + arriving)
    variance: Floats = incidence**2 * np.cumsum(leaving) - 2 * incidence * linear + constant
    return np.where(variance > 0, variance, 0.0)


def _first(ages: Floats, reached: NDArray[np.bool_]) -> float | None:
    places = np.flatnonzero(reached)
    return float(ages[places[0]]) if len(places) else None
