"""What is counted in a metric: subjects that entered at an instant and were followed to an end.

One shape serves every metric, so that the weekly series, the summaries and the rates of a handoff
are the same estimate on different subsets:

``subject_id, team, item_type, release, entered_at, entry_days, followed_days, end``
    ``end`` is 0 while open (censored at ``followed_days``), 1 for the end the metric counts, 2 for
    any other. A metric without a horizon has ``followed_days`` 0: an outcome is known or is not.
    ``entry_days`` is the age at which the subject came to be watched: 0, or more where it was
    there before its source was watched. At younger ages it says nothing.
"""

from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.statistics.aalen_johansen import Incidence, aalen_johansen
from pipelines.statistics.estimate import UNKNOWN, Estimate, mean, share
from pipelines.statistics.kaplan_meier import Survival, kaplan_meier

COHORT = pl.Schema(
    {
        "subject_id": pl.String(),
        "team": pl.String(),
        "item_type": pl.String(),
        "release": pl.String(),
        "entered_at": pl.Datetime("us", "UTC"),
        "entry_days": pl.Float64(),
        "followed_days": pl.Float64(),
        "end": pl.Int64(),
    }
)
_BLOCKS = 20

Floats = NDArray[np.float64]
Ends = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of a cohort, and the horizon over which its subjects are followed."""

    name: str
    kind: Literal["share", "mean"]
    horizon_days: float | None = None


@dataclass(frozen=True, slots=True)
class Outcomes:
    """From when and how long each subject was followed, and how that ended, in one order."""

    entries: Floats
    followed_days: Floats
    ends: Ends

    @classmethod
    def of(cls, cohort: pl.DataFrame) -> Self:
        """The outcomes of a cohort, in its order."""
        return cls(
            cohort["entry_days"].to_numpy().astype(np.float64),
            cohort["followed_days"].to_numpy().astype(np.float64),
            cohort["end"].to_numpy().astype(np.int64),
        )

    def __len__(self) -> int:
        """How many subjects there are."""
        return len(self.ends)

    def part(self, rows: slice | NDArray[np.bool_] | NDArray[np.int64]) -> Self:
        """Some of them."""
        return type(self)(self.entries[rows], self.followed_days[rows], self.ends[rows])

    def are_known(self, horizon: float | None) -> NDArray[np.bool_]:
        """For each subject, whether its state at the horizon, or its outcome, was seen."""
        if horizon is None:
            return self.ends > 0
        return (self.ends > 0) | (self.followed_days >= horizon)

    def are_mature(self, horizon: float | None) -> bool:
        """Whether every subject is known, and was watched from its beginning."""
        return bool(np.all(self.are_known(horizon)) and not np.any(self.entries > 0))

    def from_the_start(self) -> Self:
        """The subjects whose ages hang together with age 0.

        Beyond an age at which nobody was watched it is not known how many came so far. Where
        nobody was watched from the beginning, none is left.
        """
        if not np.any(self.entries > 0):
            return self
        order = np.argsort(self.entries, kind="stable")
        reached = np.maximum.accumulate(np.append(0.0, self.followed_days[order]))
        gaps = np.flatnonzero(self.entries[order] > reached[:-1])
        return self.part(np.sort(order[: gaps[0]] if len(gaps) else order))

    def survival(self) -> Survival:
        """The share that has not ended, by age."""
        one = self.from_the_start()
        return kaplan_meier(one.followed_days, one.ends > 0, one.entries)

    def incidence(self) -> Incidence:
        """The share that has had the end that counts, by age."""
        one = self.from_the_start()
        return aalen_johansen(one.followed_days, one.ends, end=1, entries=one.entries)


def estimate(outcomes: Outcomes, metric: Metric) -> Estimate:
    """Estimate a metric with an interval that takes the subjects as independent."""
    return _interval(*_value(outcomes, metric), outcomes, metric)


def blocked_estimate(cohort: pl.DataFrame, metric: Metric) -> Estimate:
    """Estimate a metric with an interval that does not.

    Subjects that enter about the same time share what happened then. The variance is that of a
    jackknife over twenty consecutive blocks of entry (Kuensch 1989); where it is smaller than that
    of independent subjects, the larger one counts.
    """
    outcomes = Outcomes.of(cohort.sort("entered_at", "subject_id"))
    value, variance = _value(outcomes, metric)
    if value is None or len(outcomes) < _BLOCKS:
        return _interval(value, variance, outcomes, metric)
    block = np.arange(len(outcomes)) * _BLOCKS // len(outcomes)
    left_out = [_value(outcomes.part(block != number), metric)[0] for number in range(_BLOCKS)]
    values = np.array([one if one is not None else value for one in left_out])
    jackknife = (_BLOCKS - 1) / _BLOCKS * float(((values - values.mean()) ** 2).sum())
    return _interval(value, max(variance, jackknife), outcomes, metric)


def within_follow_up(cohort: pl.DataFrame, metric: Metric) -> Metric:
    """The metric with a horizon that the subjects were followed to.

    Where the longest followed of them is still open before the horizon, nothing is known from there
    on; a curve drawn level to the horizon would be a guess.
    """
    outcomes = Outcomes.of(cohort).from_the_start()
    if metric.horizon_days is None or not len(outcomes):
        return metric
    longest = float(outcomes.followed_days.max())
    oldest = outcomes.part(outcomes.followed_days == longest)
    if bool(np.all(oldest.are_known(metric.horizon_days))):
        return metric
    return replace(metric, horizon_days=longest)


def horizon_of(cohort: pl.DataFrame, quantile: float) -> float | None:
    """The age by which this share of the subjects has ended, as far as the data reach.

    None where no subject was watched from its beginning.
    """
    outcomes = Outcomes.of(cohort).from_the_start()
    if not len(outcomes):
        return None
    curve = outcomes.survival()
    reached = curve.quantile(quantile)
    return reached if reached is not None else curve.largest_age


def _value(outcomes: Outcomes, metric: Metric) -> tuple[float | None, float]:
    if not len(outcomes.from_the_start()):
        return None, 0.0
    if metric.kind == "mean":
        return outcomes.survival().restricted_mean(metric.horizon_days or 0.0)
    if metric.horizon_days is None:
        return _share_of_known(outcomes.ends)
    return outcomes.incidence().at(metric.horizon_days)


def _share_of_known(ends: Ends) -> tuple[float | None, float]:
    """The share with the end that counts among the subjects whose outcome is known."""
    known = ends[ends > 0]
    if not len(known):
        return None, 0.0
    value = float(np.mean(known == 1))
    return value, value * (1 - value) / len(known)


def _interval(value: float | None, variance: float, outcomes: Outcomes, metric: Metric) -> Estimate:
    if value is None:
        return UNKNOWN
    outcomes = outcomes.from_the_start()
    known = int(np.count_nonzero(outcomes.are_known(metric.horizon_days)))
    if metric.kind == "mean":
        return mean(value, variance, horizon=metric.horizon_days or 0.0, observations=known)
    counted = len(outcomes) if variance > 0 and metric.horizon_days is not None else known
    return share(value, variance, counted)
