"""How many attempts an item needs until it is accepted: Kaplan-Meier over the attempt number.

Counting only the accepted leaves out those that need most, and an attempt without a verdict says
nothing yet. So an item counts with its decided attempts: accepted at the last of them, or known to
need more than that many, which is a censored one. Without a decided attempt it says nothing. To
have been refused for the largest number of times is knowledge of one attempt more: whoever is then
left counts with that one, and the mean is the least it can be.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.estimate import UNKNOWN, Estimate, mean, share, unbiased
from pipelines.statistics.kaplan_meier import Survival, kaplan_meier


@dataclass(frozen=True, slots=True)
class AttemptsNeeded:
    """What is known of the number of attempts until acceptance."""

    items: int
    """Items with a decided attempt."""
    largest: int
    """The largest number of decided attempts of any item; 0 without one."""
    two_or_more: Estimate
    """Probability that a second attempt is needed."""
    three_or_more: Estimate
    """Probability that a third is; unknown where no item came that far."""
    mean: Estimate
    """Mean number needed, one that needs more than ``largest`` counted as needing one more."""


def attempts_until_acceptance(
    attempts: NDArray[np.int64], is_accepted: NDArray[np.bool_]
) -> AttemptsNeeded:
    """Estimate the number of attempts needed.

    Args:
        attempts: decided attempts of each item: accepted, rejected or recalled. One still without
            a verdict, or whose item was dropped before it, is not counted.
        is_accepted: whether the last of them was accepted; else each was decided against.
    """
    decided = attempts > 0
    numbers, accepted = attempts[decided], is_accepted[decided]
    curve = kaplan_meier(numbers.astype(np.float64), accepted)
    return AttemptsNeeded(
        items=len(numbers),
        largest=int(curve.largest_age),
        two_or_more=_more_than(1, curve, numbers, accepted),
        three_or_more=_more_than(2, curve, numbers, accepted),
        mean=_mean(curve, len(numbers)),
    )


def _more_than(
    number: int, curve: Survival, numbers: NDArray[np.int64], accepted: NDArray[np.bool_]
) -> Estimate:
    left, variance = curve.at(number)
    if number > curve.largest_age and left > 0:
        return UNKNOWN
    known = int(np.count_nonzero(accepted | (numbers >= number)))
    return share(left, variance, known)


def _mean(curve: Survival, items: int) -> Estimate:
    """One for the first attempt, and the mean of those after it, of which one may be to come."""
    if items == 0:
        return UNKNOWN
    most = curve.largest_age + (curve.at(curve.largest_age)[0] > 0)
    value, variance = curve.restricted_mean(most)
    more = mean(value - 1, unbiased(variance, items), horizon=max(most - 1, 1), observations=items)
    low, high = (None if bound is None else 1 + bound for bound in (more.low, more.high))
    return Estimate(value, low, high)
