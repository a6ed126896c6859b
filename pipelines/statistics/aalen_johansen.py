"""Cumulative incidence of one end among several: the probability that it has come by an age.

Dividing the rejected by all attempts of a month is biased low, because the attempts of its last
weeks are undecided; treating other ends as censoring is biased high. Aalen and Johansen (1978);
variance by the delta method as in Marubini and Valsecchi (1995), section 10.3. With one kind of
end the curve is one minus that of Kaplan and Meier, and its variance is Greenwood's.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.risk_sets import entries_at_risk, numbers_at, numbers_at_risk
from pipelines.statistics.step_curves import ROUNDING, first_age, last_step, quantile_limits

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Incidence:
    """The curve: ages at which anything ended, the share with this end by then, its variance."""

    ages: Floats
    incidence: Floats
    variance: Floats

    def at(self, horizon: float) -> tuple[float, float]:
        """Probability of the end within the horizon, itself included, and its variance."""
        step = last_step(self.ages, horizon)
        if step is None:
            return 0.0, 0.0
        return float(self.incidence[step]), float(self.variance[step])

    def quantile(self, share: float) -> float | None:
        """The age by which this share has had the end; None where the curve does not reach it."""
        return first_age(self.ages, self.incidence >= share - ROUNDING)

    def quantile_interval(self, share: float) -> tuple[float | None, float | None]:
        """The ages between which that quantile lies with 95 % confidence.

        Brookmeyer and Crowley (1982) on the log-log scale; None where a bound is not reached.
        """
        return quantile_limits(self.ages, 1 - self.incidence, self.variance, share=share)


def aalen_johansen(
    exits: Floats, ends: NDArray[np.int64], *, end: int, entries: Floats | None = None
) -> Incidence:
    """Estimate the cumulative incidence of one end.

    Args:
        exits: age at the end or at censoring, in any unit.
        ends: which end it was; 0 for censored.
        end: the end in question.
        entries: age from which on each subject was watched; 0 for all if not given. Whoever ended
            by then was never seen, and is left out.
    """
    entered = entries_at_risk(exits, entries)
    watched = exits > entered
    exits, ends, entered = exits[watched], ends[watched], entered[watched]
    ages = np.unique(exits[ends > 0])
    at_risk = numbers_at_risk(ages, exits, entered)
    any_end = numbers_at(ages, exits[ends > 0])
    this_end = numbers_at(ages, exits[ends == end])
    before = np.concatenate([[1.0], np.cumprod(1 - any_end / at_risk)[:-1]])[: len(ages)]
    incidence = _in_range(np.cumsum(before * this_end / at_risk))
    return Incidence(ages, incidence, _variance(incidence, before, at_risk, any_end, this_end))


def _in_range(incidence: Floats) -> Floats:
    """Without what rounding puts beside none and all: they have no variance of their own."""
    snapped: Floats = np.where(incidence >= 1 - ROUNDING, 1.0, incidence)
    return np.where(incidence <= ROUNDING, 0.0, snapped)


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
    is_certain = (incidence == 0) | (incidence == 1)
    return np.where(is_certain | (variance < 0), 0.0, variance)
