"""Kaplan-Meier survival with delayed entry, its quantiles and its restricted mean.

``S(u)`` is the share not ended by age ``u``. A subject is at risk from its entry age (0 unless the
window opened later) to its exit age; an exit without event is a censored one. Greenwood variance;
restricted mean and its variance after Klein and Moeschberger (2003), section 4.5. With delayed
entry all those at risk may end while others have yet to enter: the curve is then 0 and stays so, as
in their section 4.6, and the restricted mean ends there. Where nobody was watched for a while the
curve is drawn level, and what it says of older ages rests on a guess.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.risk_sets import entries_at_risk, numbers_at, numbers_at_risk
from pipelines.statistics.step_curves import ROUNDING, first_age, last_step

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Survival:
    """The curve: ages at which something ended, who was at risk, who ended, what is left."""

    ages: Floats
    at_risk: Floats
    events: Floats
    survival: Floats
    variance: Floats
    """Greenwood's, of what is left; 0 where nothing is."""
    largest_age: float

    def at(self, age: float) -> tuple[float, float]:
        """What is left just after an age, and its variance; level beyond the largest age."""
        step = last_step(self.ages, age)
        if step is None:
            return 1.0, 0.0
        return float(self.survival[step]), float(self.variance[step])

    def quantile(self, share_ended: float) -> float | None:
        """The age by which this share has ended; None where the curve does not reach it."""
        return first_age(self.ages, self.survival <= 1 - share_ended + ROUNDING)

    def restricted_mean(self, horizon: float) -> tuple[float, float]:
        """Mean age at the end within the horizon, and its variance.

        Beyond the largest age the curve is drawn level: a horizon there is a guess.
        """
        areas = self._areas(horizon)
        remaining = np.cumsum(areas[::-1])[::-1][1:]
        terms = remaining**2 * _leaving(self.events, self.at_risk)
        return float(areas.sum()), float(terms.sum())

    def _areas(self, horizon: float) -> Floats:
        """The areas under the steps up to an age; 0 under those beyond."""
        edges = np.concatenate([[0.0], self.ages, [horizon]])
        areas: Floats = np.diff(np.minimum(edges, horizon)) * np.append(1.0, self.survival)
        return areas


def kaplan_meier(
    exits: Floats, is_event: NDArray[np.bool_], entries: Floats | None = None
) -> Survival:
    """Estimate the survival curve.

    Args:
        exits: age at the end or at censoring, in any unit.
        is_event: whether the end was seen.
        entries: age from which on each subject was watched; 0 for all if not given. Whoever ended
            by then was never seen, and is left out.
    """
    entered = entries_at_risk(exits, entries)
    watched = exits > entered
    exits, ended, entered = exits[watched], exits[watched & is_event], entered[watched]
    ages = np.unique(ended)
    events = numbers_at(ages, ended)
    at_risk = numbers_at_risk(ages, exits, entered)
    survival: Floats = np.cumprod(1 - np.divide(events, at_risk))
    variance = survival**2 * np.cumsum(_leaving(events, at_risk))
    return Survival(ages, at_risk, events, survival, variance, float(exits.max(initial=0.0)))


def _leaving(events: Floats, at_risk: Floats) -> Floats:
    """Greenwood's terms; where all at risk end, nothing is left to vary."""
    spread = at_risk * (at_risk - events)
    return np.divide(events, spread, out=np.zeros_like(spread), where=spread > 0)
