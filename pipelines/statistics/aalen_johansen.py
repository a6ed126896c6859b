"""Cumulative incidence of one end among several: the probability that it comes within a horizon.

Dividing the rejected by all attempts of a month is biased low, because the attempts of its last
weeks are undecided; treating other ends as censoring is biased high. Aalen and Johansen (1978);
variance by the delta method as in Marubini and Valsecchi (1995), section 10.3.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def cumulative_incidence(
    exits: Floats, ends: NDArray[np.int64], *, end: int, horizon: float
) -> tuple[float, float]:
    """Probability of an end within the horizon, and its variance.

    Args:
        exits: age at the end or at censoring.
        ends: which end it was; 0 for censored.
        end: the end in question.
        horizon: age up to which it counts, included.
    """
    ages = np.unique(exits[(ends > 0) & (exits <= horizon)])
    if not len(ages):
        return 0.0, 0.0
    ordered = np.sort(exits)
    at_risk = len(exits) - np.searchsorted(ordered, ages, side="left").astype(np.float64)
    any_end = _counts(exits[ends > 0], ages)
    this_end = _counts(exits[ends == end], ages)
    after = np.cumprod(1 - any_end / at_risk)
    before = np.concatenate([[1.0], after[:-1]])
    incidence = np.cumsum(before * this_end / at_risk)
    return float(incidence[-1]), _variance(incidence, before, at_risk, any_end, this_end)


def _counts(exits: Floats, ages: Floats) -> Floats:
    ordered = np.sort(exits)
    upto = np.searchsorted(ordered, ages, side="right")
    return (upto - np.searchsorted(ordered, ages, side="left")).astype(np.float64)


def _variance(
    incidence: Floats, before: Floats, at_risk: Floats, any_end: Floats, this_end: Floats
) -> float:
    still = incidence[-1] - incidence
    spread = at_risk * (at_risk - any_end)
    leaving = np.divide(any_end, spread, out=np.zeros_like(spread), where=spread > 0)
    variance = (
        np.sum(still**2 * leaving)
        + np.sum(before**2 * (at_risk - this_end) * this_end / at_risk**3)
        - 2 * np.sum(still * before * this_end / at_risk**2)
    )
    return max(0.0, float(variance))
