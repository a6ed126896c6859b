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


#: Cells of a table of groups and ages: some 30 MB, and enough to be worth a look at it.
_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many are at risk, and end, at each age (a column) at which any subject ends.

    A row for each of some groups, or for each of some groups left out.
    """

    at_risk: Floats
    ended: Floats
    counted: Floats
    """Those of the ends that have the end in question."""

    def without(self, others: "_Counts") -> "_Counts":
        return _Counts(
            self.at_risk - others.at_risk, self.ended - others.ended, self.counted - others.counted
        )

    def where(self, watched: NDArray[np.bool_]) -> "_Counts":
        """Where nobody was watched from some age on the curve is level."""
        return _Counts(self.at_risk, self.ended * watched, self.counted * watched)

    def staying(self) -> Floats:
        """The share of those at risk that has not ended at each age; all where nobody is."""
        return 1 - _shares(self.ended, self.at_risk)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Subjects in groups, and the ages at which any of them ended within a horizon."""

    exits: Floats
    ends: Ints
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
            ends: which end it was; 0 for censored, 1 for the end in question.
            entries: age from which on each subject was watched.
            groups: number of the group of each subject, from 0 without a gap.
            horizon: up to which age the curves are followed.
        """
        seen = (ends > 0) & (exits > entries_at_risk(exits, entries)) & (exits <= horizon)
        order = np.argsort(groups, kind="stable")
        in_order = exits[order], ends[order], entries[order], groups[order]
        return cls(*in_order, np.unique(exits[seen]), horizon)

    def restricted_means(self) -> Floats:
        """Mean age at any end within the horizon, without each group; nan where nobody is left."""
        return self._each(self._means)

    def incidences(self) -> Floats:
        """Share with the end in question by the horizon, likewise."""
        return self._each(self._incidences)

    def _means(self, counts: _Counts) -> Floats:
        survival = np.cumprod(counts.staying(), axis=1)
        widths = np.diff(np.concatenate([[0.0], self.ages, [self.horizon]]))
        means: Floats = widths[0] + survival @ widths[1:]
        return means

    def _incidences(self, counts: _Counts) -> Floats:
        survival = np.cumprod(counts.staying(), axis=1)
        before = np.hstack([np.ones((len(survival), 1)), survival])[:, : len(self.ages)]
        shares = (before * _shares(counts.counted, counts.at_risk)).sum(axis=1)
        snapped = np.where(shares >= 1 - ROUNDING, 1.0, shares)
        return np.where(shares <= ROUNDING, 0.0, snapped)

    def _each(self, values: Callable[[_Counts], Floats]) -> Floats:
        sizes = np.bincount(self.groups)
        reaches = np.array(list(self._reaches()))
        whole = self._counts(slice(None), 0, 1, np.zeros_like(self.groups))
        ends = np.cumsum(sizes)
        step = max(1, _CELLS // max(1, len(self.ages)))
        parts = []
        for first in range(0, len(sizes), step):
            last = min(first + step, len(sizes))
            rows = slice(ends[first] - sizes[first], ends[last - 1])
            left = whole.without(self._counts(rows, first, last, self.groups[rows]))
            reached = reaches[first:last, None]
            parts.append(values(left.where(self.ages <= reached)))
        return np.where(np.isnan(reaches), np.nan, np.concatenate(parts))

    def _counts(self, rows: slice, first: int, last: int, groups: Ints) -> _Counts:
        """The counts of some subjects, of each group from the first to before the last."""
        exits, ends = self.exits[rows], self.ends[rows]
        entered = entries_at_risk(exits, self.entries[rows])
        watched = exits > entered
        exits, ends, entered = exits[watched], ends[watched], entered[watched]
        row = groups[watched] - first
        many, size = last - first, len(self.ages)
        inside = (ends > 0) & (exits <= self.horizon)
        cell = row[inside] * size + np.searchsorted(self.ages, exits[inside])
        return _Counts(
            self._passed(entered, row, many) - self._passed(exits, row, many),
            _table(cell, many, size),
            _table(cell[ends[inside] == 1], many, size),
        )

    def _passed(self, instants: Floats, row: Ints, many: int) -> Floats:
        """At each age, how many of these lie before it."""
        size = len(self.ages) + 1
        cell = row * size + np.searchsorted(self.ages, instants, side="right")
        return np.cumsum(_table(cell, many, size), axis=1)[:, :-1]

    def _reaches(self) -> Iterator[float]:
        """Without each group, up to which age somebody was watched all along; nan: from none on.

        Beyond an age at which nobody was, it is not known how many came so far.
        """
        many = int(self.groups.max()) + 1
        if not np.any(self.entries > 0):
            yield from (np.inf if many > 1 else np.nan for _ in range(many))
            return
        order = np.argsort(self.entries, kind="stable")
        entries, exits, groups = self.entries[order], self.exits[order], self.groups[order]
        for number in range(many):
            left = groups != number
            yield _watched_until(entries[left], exits[left])


def _shares(some: Floats, of_all: Floats) -> Floats:
    shares: Floats = np.divide(some, of_all, out=np.zeros_like(some), where=of_all > 0)
    return shares


def _table(cells: Ints, rows: int, columns: int) -> Floats:
    return np.bincount(cells, minlength=rows * columns).astype(np.float64).reshape(rows, columns)


def _watched_until(entries: Floats, exits: Floats) -> float:
    """Up to which age somebody was watched, of subjects in the order of their entries."""
    reached = np.maximum.accumulate(np.append(0.0, exits))
    gaps = np.flatnonzero(entries > reached[:-1])
    if not len(entries) or (len(gaps) and gaps[0] == 0):
        return np.nan
    return float(reached[gaps[0]]) if len(gaps) else np.inf
