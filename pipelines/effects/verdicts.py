"""What may be said of an effect: one of five words, none of which is a guess.

* *improved*, *worsened*: the 95 % interval excludes 0, and the design supports a statement.
* *shown_not_to_help*: the interval includes 0, and the largest improvement in it is too small to be
  worth having. That is as much a finding as an improvement, and needs a design that supports it.
* *not_shown*: the interval includes 0 and an improvement worth having, or the design supports no
  statement: a description, not evidence.
* *not_enough_data*: there is no estimate.

Of several metrics one is declared before as the one that counts. The others are held to a false
discovery rate of one in ten over all that were tested (Benjamini and Hochberg 1995).
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from scipy.stats import false_discovery_control

from pipelines.effects.design_grades import Grade
from pipelines.effects.effects import Effect, improvement

Verdict = Literal["improved", "worsened", "shown_not_to_help", "not_shown", "not_enough_data"]

DISCOVERIES = 0.10


def verdict(metric: str, effect: Effect, grade: Grade, *, useful: float) -> Verdict:
    """The verdict of one effect by itself.

    Args:
        metric: whose more or less is better.
        effect: what is believed.
        grade: of the design.
        useful: smallest improvement worth having, as a part of the level.
    """
    low, high = sorted(improvement(metric, end) for end in effect.belief.interval())
    if grade == "D":
        return "not_shown"
    if low <= 0 <= high:
        return "shown_not_to_help" if low > -worth_having(metric, effect, useful) else "not_shown"
    return "improved" if high < 0 else "worsened"


def worth_having(metric: str, effect: Effect, useful: float) -> float:
    """The smallest improvement worth having, on the working scale and positive."""
    ratio = 1 + useful if improvement(metric, 1.0) < 0 else 1 - useful
    return abs(effect.from_ratio(ratio))


def discoveries(probabilities: Sequence[float]) -> list[float]:
    """The false discovery rates at which each of several effects would still be one."""
    if not probabilities:
        return []
    adjusted = false_discovery_control(np.clip(probabilities, 0.0, 1.0), method="bh")
    return [float(rate) for rate in adjusted]
