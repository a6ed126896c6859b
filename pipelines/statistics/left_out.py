"""Estimates without each group of subjects in turn: what a jackknife over groups is made of.

The curves of all but one group are those of all with that group's counts taken away. So every age
is looked up once, and each curve costs a few running sums instead of being estimated anew.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.risk_sets import entries_at_risk
from pipelines.statistics.step_curves import ROUNDING

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many of some subjects are at risk, and end, at each age at which any subject ends."""

    at_risk: Floats
    ended: Floats
    counted: Floats
    """Those of the ends that have the end in question."""

    def without(self, others: "_Counts") -> "_Counts":
        return _Counts(
            self.at_risk - others.at_risk, self.ended - others.ended, self.counted - others.counted
        )

    def up_to(self, steps: int) -> "_Counts":
        """What is known where nobody was watched from some age on: the curve is level there."""
        return _Counts(self.at_risk[:steps], self.ended[:steps], self.counted[:steps])

    def staying(self) -> Floats:
        """The share of those at risk that has not ended at each age; all where nobody is."""
        leaving = np.divide(
            self.ended, self.at_risk, out=np.zeros_like(self.ended), where=self.at_risk > 0
        )
        return 1 - leaving


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Subjects in groups, and the ages at which any of them ended within a horizon."""

    exits: Floats
    ends: Ints
    """0 for censored, 1 for the end in question."""
    entries: Floats
    groups: Ints
    ages: Floats
    horizon: float

    @classmethod
    def of(
        cls, exits: Floats, ends: Ints, entries: Floats, groups: Ints, *, horizon: float
    ) -> Self:
        """Look up the ages.

        Args:
            exits: age at the end or at censoring, in any unit.
            ends: which end it was; 0 for censored.
            entries: age from which on each subject was watched.
            groups: number of the group of each subject, from 0 without a gap.
            horizon: up to which age the curves are followed.
        """
        seen = (ends > 0) & (exits > entries_at_risk(exits, entries)) & (exits <= horizon)
        return cls(exits, ends, entries, groups, np.unique(exits[seen]), horizon)

    def restricted_means(self) -> Floats:
        """Mean age at any end within the horizon, without each group; nan where nobody is left."""
        return self._each(self._mean)

    def incidences(self) -> Floats:
        """Share with the end in question by the horizon, likewise."""
        return self._each(self._incidence)

    def _mean(self, counts: _Counts) -> float:
        survival = np.cumprod(counts.staying())
        edges = np.concatenate([[0.0], self.ages[: len(survival)], [self.horizon]])
        return float(np.dot(np.diff(edges), np.append(1.0, survival)))

    def _incidence(self, counts: _Counts) -> float:
        before = np.append(1.0, np.cumprod(counts.staying()))[: len(counts.ended)]
        arriving = np.divide(
            counts.counted, counts.at_risk, out=np.zeros_like(before), where=counts.at_risk > 0
        )
        share = float(np.dot(before, arriving))
        return 1.0 if share >= 1 - ROUNDING else 0.0 if share <= ROUNDING else share

    def _each(self, value: Callable[[_Counts], float]) -> Floats:
        whole = self._counts(np.arange(len(self.groups)))
        known = list(zip(self._members(), self._watched(), strict=True))
        return np.array(
            [
                np.nan
                if reach is None
                else value(whole.without(self._counts(rows)).up_to(self._steps(reach)))
                for rows, reach in known
            ]
        )

    def _members(self) -> Iterator[Ints]:
        """The subjects of each group."""
        order = np.argsort(self.groups, kind="stable")
        yield from np.split(order, np.cumsum(np.bincount(self.groups))[:-1])

    def _counts(self, rows: Ints) -> _Counts:
        """The counts of some subjects."""
        exits, ends = self.exits[rows], self.ends[rows]
        entered = entries_at_risk(exits, self.entries[rows])
        watched = exits > entered
        exits, ends, entered = exits[watched], ends[watched], entered[watched]
        at_risk = self._passed(entered) - self._passed(exits)
        inside = (ends > 0) & (exits <= self.horizon)
        place = np.searchsorted(self.ages, exits[inside])
        is_it = ends[inside] == 1
        size = len(self.ages)
        return _Counts(
            at_risk,
            np.bincount(place, minlength=size).astype(np.float64),
            np.bincount(place[is_it], minlength=size).astype(np.float64),
        )

    def _passed(self, instants: Floats) -> Floats:
        """At each age, how many of these lie before it."""
        place = np.searchsorted(self.ages, instants, side="right")
        return np.cumsum(np.bincount(place, minlength=len(self.ages) + 1))[:-1].astype(np.float64)

    def _steps(self, reach: float) -> int:
        return int(np.searchsorted(self.ages, reach, side="right"))

    def _watched(self) -> Iterator[float | None]:
        """Without each group, up to which age somebody was watched all along; None: from none on.

        Beyond an age at which nobody was, it is not known how many came so far.
        """
        many = int(self.groups.max()) + 1
        if not np.any(self.entries > 0):
            yield from (np.inf if many > 1 else None for _ in range(many))
            return
        order = np.argsort(self.entries, kind="stable")
        entries, exits, groups = self.entries[order], self.exits[order], self.groups[order]
        for number in range(many):
            left = groups != number
            yield _watched_until(entries[left], exits[left])


def _watched_until(entries: Floats, exits: Floats) -> float | None:
    """Up to which age somebody was watched, of subjects in the order of their entries."""
    reached = np.maximum.accumulate(np.append(0.0, exits))
    gaps = np.flatnonzero(entries > reached[:-1])
    if not len(entries) or (len(gaps) and gaps[0] == 0):
        return None
    return float(reached[gaps[0]]) if len(gaps) else np.inf
