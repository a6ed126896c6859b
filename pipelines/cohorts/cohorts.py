"""What is counted in a metric: subjects that entered at an instant and were followed to an end.

One shape serves every metric, so that the weekly series, the summaries and the rates of a handoff
are the same estimate on different subsets:

``subject_id, item_id, team, item_type, release, entered_at, entry_days, followed_days,
snapshot_days, end``
    ``end`` is 0 while open (censored at ``followed_days``), 1 for the end the metric counts, 2 for
    any other. A metric known at once has ``followed_days`` 0: an outcome is known or is not.
    ``entry_days`` is the age at which the subject came to be watched: 0, or more where it was
    there before its source was watched. At younger ages it says nothing. ``snapshot_days`` is how
    old it would have been seen to become by the snapshot, had it not ended; null where that is
    unknown. Subjects of one ``item_id`` share what the item is like; null where each is its own.
"""

from dataclasses import dataclass, replace
from typing import Literal, Self, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.statistics.aalen_johansen import Incidence, aalen_johansen
from pipelines.statistics.kaplan_meier import Survival, kaplan_meier

COHORT = pl.Schema(
    {
        "subject_id": pl.String(),
        "item_id": pl.String(),
        "team": pl.String(),
        "item_type": pl.String(),
        "release": pl.String(),
        "entered_at": pl.Datetime("us", "UTC"),
        "entry_days": pl.Float64(),
        "followed_days": pl.Float64(),
        "snapshot_days": pl.Float64(),
        "end": pl.Int64(),
    }
)
Floats = NDArray[np.float64]
Ends = NDArray[np.int64]
Kind: TypeAlias = Literal["outcome", "share", "mean"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of a cohort, and the horizon over which its subjects are followed.

    A ``share`` or ``mean`` is one within a horizon, and unknown where none was found; an
    ``outcome`` is a share of what is known at once, and needs none.
    """

    name: str
    kind: Kind
    horizon_days: float | None = None


Cohort: TypeAlias = tuple[Metric, pl.DataFrame]
"""A metric with its subjects."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """From when and how long each subject was followed, and how that ended, in one order."""

    entries: Floats
    followed_days: Floats
    ends: Ends
    snapshot_days: Floats
    """Age at the snapshot; nan where it is unknown."""

    @classmethod
    def of(cls, cohort: pl.DataFrame) -> Self:
        """The outcomes of a cohort, in its order."""
        return cls(
            np.asarray(cohort["entry_days"].to_numpy(), np.float64),
            np.asarray(cohort["followed_days"].to_numpy(), np.float64),
            np.asarray(cohort["end"].to_numpy(), np.int64),
            np.asarray(cohort["snapshot_days"].to_numpy(), np.float64),
        )

    def __len__(self) -> int:
        """How many subjects there are."""
        return len(self.ends)

    def part(self, rows: slice | NDArray[np.bool_] | NDArray[np.int64]) -> Self:
        """Some of them."""
        return type(self)(
            self.entries[rows],
            self.followed_days[rows],
            self.ends[rows],
            self.snapshot_days[rows],
        )

    def are_known(self, metric: Metric) -> NDArray[np.bool_]:
        """For each subject, whether its state at the horizon, or its outcome, was seen."""
        if metric.kind == "outcome" or metric.horizon_days is None:
            return self.ends > 0
        return (self.ends > 0) | (self.followed_days >= metric.horizon_days)

    def are_mature(self, metric: Metric) -> bool:
        """Whether every subject could be followed to the horizon, from its beginning.

        Whether it could be does not depend on what became of it: of subjects that entered too late
        for that, those already over are the fast ones. A metric known at once has no such trap.
        """
        if np.any(self.entries > 0):
            return False
        known = self.are_known(metric)
        if metric.kind == "outcome":
            return bool(np.all(known))
        horizon = metric.horizon_days
        if horizon is None or self.followed_to(horizon) != horizon:
            return False
        could = np.where(np.isnan(self.snapshot_days), known, self.snapshot_days >= horizon)
        return bool(np.all(could))

    def followed_to(self, horizon: float) -> float | None:
        """The horizon, or the age beyond which a curve drawn level would be a guess.

        That is the age at which the snapshot finds the first that entered, or at which the longest
        followed of them was still open. None where they were open and nobody watched for a moment.
        """
        one = self.from_the_start()
        if not len(one):
            return horizon
        latest, longest = float(one.snapshot_days.max()), float(one.followed_days.max())
        reach = min(horizon, latest) if not np.isnan(latest) else horizon
        is_open = np.any(one.ends[one.followed_days == longest] == 0)
        if is_open and longest == 0 < horizon:
            return None
        return min(reach, longest) if is_open else reach

    def from_the_start(self) -> Self:
        """The subjects whose ages hang together with age 0."""
        rows = self.together()
        return self if isinstance(rows, slice) else self.part(rows)

    def together(self) -> slice | NDArray[np.int64]:
        """Which subjects these are.

        Beyond an age at which nobody was watched it is not known how many came so far. Where
        nobody was watched from the beginning, there is none.
        """
        if not np.any(self.entries > 0):
            return slice(None)
        order = np.argsort(self.entries, kind="stable")
        reached = np.maximum.accumulate(np.append(0.0, self.followed_days[order]))
        gaps = np.flatnonzero(self.entries[order] > reached[:-1])
        return np.sort(order[: gaps[0]] if len(gaps) else order)

    def survival(self) -> Survival:
        """The share that has not ended, by age."""
        one = self.from_the_start()
        return kaplan_meier(one.followed_days, one.ends > 0, one.entries)

    def incidence(self) -> Incidence:
        """The share that has had the end that counts, by age."""
        one = self.from_the_start()
        return aalen_johansen(one.followed_days, one.ends, end=1, entries=one.entries)


def within_follow_up(cohort: pl.DataFrame, metric: Metric) -> Metric:
    """The metric with a horizon that the subjects were followed to."""
    horizon = metric.horizon_days
    if horizon is None:
        return metric
    return replace(metric, horizon_days=Outcomes.of(cohort).followed_to(horizon))


def horizon_of(cohort: pl.DataFrame, quantile: float, *, unreached: float = np.inf) -> float | None:
    """The age by which this share of the subjects has ended, as far as the data reach.

    None where no subject was watched from its beginning, or none for a moment and some are open.

    Args:
        cohort: the subjects.
        quantile: the share.
        unreached: days that it has at most where fewer ever ended.
    """
    outcomes = Outcomes.of(cohort).from_the_start()
    if not len(outcomes):
        return None
    curve = outcomes.survival()
    reached = curve.quantile(quantile)
    return reached if reached is not None else min(curve.largest_age, unreached) or None
