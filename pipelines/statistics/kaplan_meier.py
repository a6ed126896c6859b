"""Kaplan-Meier survival with delayed entry, its quantiles and its restricted mean.

``S(u)`` is the share not ended by age ``u``. A subject is at risk from its entry age (0 unless the
window opened later) to its exit age; an exit without event is a censored one. Greenwood variance;
restricted mean and its variance after Klein and Moeschberger (2003), section 4.5.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Survival:
    """The curve: ages at which something ended, who was at risk, who ended, what is left."""

    ages: Floats
    at_risk: Floats
    events: Floats
    survival: Floats
    largest_age: float

    def quantile(self, share_ended: float) -> float | None:
        """The age by which this share has ended; None where the curve does not reach it."""
        # A curve of fractions lands a rounding error beside the share it means.
        reached = np.flatnonzero(self.survival <= 1 - share_ended + 1e-12)
        return float(self.ages[reached[0]]) if len(reached) else None

    def restricted_mean(self, horizon: float) -> tuple[float, float]:
        """Mean age at the end within the horizon, and its variance."""
        inside = self.ages < horizon
        edges = np.concatenate([[0.0], self.ages[inside], [horizon]])
        heights = np.concatenate([[1.0], self.survival[inside]])
        areas = np.diff(edges) * heights
        remaining = np.cumsum(areas[::-1])[::-1][1:]
        at_risk, events = self.at_risk[inside], self.events[inside]
        spread = at_risk * (at_risk - events)
        terms = np.divide(
            remaining**2 * events, spread, out=np.zeros_like(remaining), where=spread > 0
        )
        return float(areas.sum()), float(terms.sum())


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
    entered = _since(exits, entries)
    watched = exits > entered
    exits, is_event, entered = exits[watched], is_event[watched], entered[watched]
    ages, positions = np.unique(exits[is_event], return_inverse=True)
    events = np.bincount(positions, minlength=len(ages)).astype(np.float64)
    left = np.searchsorted(np.sort(exits), ages, side="left")
    at_risk = (np.searchsorted(np.sort(entered), ages, side="left") - left).astype(np.float64)
    survival = np.cumprod(1 - np.divide(events, at_risk))
    return Survival(ages, at_risk, events, survival, float(exits.max(initial=0.0)))


def _since(exits: Floats, entries: Floats | None) -> Floats:
    """From when on each is at risk: age 0 is the beginning, and lies before an end at age 0."""
    if entries is None:
        return np.full_like(exits, -np.inf)
    return np.where(entries > 0, entries, -np.inf)
