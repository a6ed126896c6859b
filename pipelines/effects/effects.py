"""The effect of one change on one metric: estimate, interval, probabilities, what could be seen.

Estimates are the means of what is believed after the data (:mod:`pipelines.statistics.step_model`),
told on the scale of the metric: in its unit and as a ratio against what would have been without the
change. Where too few buckets or subjects tell, there is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pipelines.effects.bucket_sums import BucketUnit
from pipelines.effects.contrasts import Contrast
from pipelines.effects.designs import Phase
from pipelines.effects.series import Series
from pipelines.effects.step_fits import Fitted
from pipelines.statistics.normal_mixture import NormalMixture

FEWEST_BUCKETS: dict[Phase, int] = {"before": 8, "after": 3}
"""Mature weeks in either phase; of months half as many are enough."""
FEWEST_SUBJECTS: dict[Phase, int] = {"before": 20, "after": 10}
"""In the buckets of either phase: no percentage is given of fewer."""
VISIBLE = 2.8
"""Standard deviations an effect must be large to be seen in four of five cases: 1.96 + 0.84."""
_PART: dict[BucketUnit, float] = {"week": 1.0, "month": 0.5}

RISING_IS_GOOD = frozenset({"first_pass_yield", "readiness_pass_rate", "on_time_rate"})
"""Metrics of which more is better; of every other, less."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What is believed of an effect."""

    belief: NormalMixture
    """On the working scale: logarithms of a ratio, or a difference of shares."""
    is_log: bool
    level: float
    """What would have been without the change, in the unit of the metric."""

    def in_units(self, value: float) -> float:
        """An effect of the working scale in the unit of the metric."""
        return self.level * (float(np.exp(value)) - 1) if self.is_log else value

    def ratio(self, value: float) -> float | None:
        """An effect of the working scale as a ratio; None against nothing."""
        if self.is_log:
            return float(np.exp(value))
        return max(0.0, 1 + value / self.level) if self.level > 0 else None

    def from_ratio(self, ratio: float) -> float:
        """A ratio on the working scale."""
        return float(np.log(ratio)) if self.is_log else self.level * (ratio - 1)

    def smallest_visible(self) -> float:
        """The smallest improvement that would be seen in four of five cases, in the unit."""
        return abs(self.in_units(-VISIBLE * self.belief.deviation()))


def what_is_missing(one: Contrast) -> tuple[str, ...]:
    """Why a contrast cannot be judged, in the words of ``caveats``; nothing if it can."""
    return _lacking(one, one.concerned)


def is_compared(one: Contrast) -> bool:
    """Whether the comparison tells as much, before and after, as is asked of the concerned."""
    return one.comparison is not None and not _lacking(one, one.comparison)


def _lacking(one: Contrast, side: Series) -> tuple[str, ...]:
    found = []
    for phase, fewest in FEWEST_BUCKETS.items():
        rows = one.mature_of(side, phase)
        if rows.sum() < np.ceil(fewest * _PART[one.unit]):
            found.append(f"too_few_buckets_{phase}")
        if side.subjects[rows].sum() < FEWEST_SUBJECTS[phase]:
            found.append(f"too_few_items_{phase}")
    return tuple(found)


def effect(one: Contrast, found: Fitted) -> Effect:
    """The effect of the judged step."""
    belief = found.fit.step(0)
    return Effect(belief, one.is_log, _counterfactual_level(one, belief.mean()))


def _counterfactual_level(one: Contrast, shift: float) -> float:
    """What the concerned would have had after the change without it, over its mature buckets."""
    after = one.mature("after")
    subjects = one.concerned.subjects[after].astype(np.float64)
    seen = float(np.average(one.concerned.adjusted[after], weights=subjects))
    if one.is_log:
        return seen / float(np.exp(shift))
    return min(1.0, max(0.0, seen - shift))


def improvement(metric: str, value: float) -> float:
    """An effect with the sign turned so that less is better."""
    return -value if metric in RISING_IS_GOOD else value


def probability_improved(metric: str, belief: NormalMixture, *, by: float = 0.0) -> float:
    """Probability that a metric improved by more than an amount of the working scale."""
    return belief.above(by) if metric in RISING_IS_GOOD else belief.below(-by)


def two_sided(belief: NormalMixture) -> float:
    """Twice the smaller of the probabilities of either sign: read as a p-value."""
    return 2 * min(belief.below(0.0), belief.above(0.0))


def combined(effects: Iterable[tuple[Effect, float]]) -> Effect:
    """The mean of effects of stacked cohorts, weighted by their subjects.

    They have one comparison in common, so they err together: half of each variance is shared.
    """
    cohorts = list(effects)
    if len(cohorts) == 1:
        return cohorts[0][0]
    weights = np.array([weight for _, weight in cohorts])
    weights = weights / weights.sum()
    means = np.array([one.belief.mean() for one, _ in cohorts])
    deviations = np.array([one.belief.deviation() for one, _ in cohorts]) * weights
    shared = np.full((len(cohorts), len(cohorts)), 0.5) + 0.5 * np.eye(len(cohorts))
    deviation = float(np.sqrt(deviations @ shared @ deviations))
    levels = np.array([one.level for one, _ in cohorts])
    belief = NormalMixture(np.ones(1), np.array([weights @ means]), np.array([deviation]))
    return Effect(belief, cohorts[0][0].is_log, float(weights @ levels))
