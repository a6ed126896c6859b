"""Estimates without each group of subjects in turn: what a jackknife over groups is made of.

The curves of all but one group are those of all with that group's counts taken away. So every age
is looked up once, and each curve costs a few running sums instead of being estimated anew.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

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
class _Places:
    """Of subjects in the order of their groups, which columns they count in."""

    groups: Ints
    entered: Ints
    """The first age at which each is at risk."""
    left: Ints
    """The first at which it is no more."""
    is_end: NDArray[np.bool_]
    """Whether it ends within the horizon: at the age before that."""
    is_counted: NDArray[np.bool_]
    """Whether that is the end in question."""

    def part(self, rows: slice | Ints) -> "_Places":
        return _Places(
            self.groups[rows],
            self.entered[rows],
            self.left[rows],
            self.is_end[rows],
            self.is_counted[rows],
        )

    def counts(self, ages: int, first: int, last: int) -> _Counts:
        """The counts of each group from the first to before the last: those these are of."""
        row, many, size = self.groups - first, last - first, ages + 1
        risen = _table(row * size + self.entered, many, size)
        fallen = _table(row * size + self.left, many, size)
        cell = row * ages + self.left - 1
        return _Counts(
            np.cumsum(risen - fallen, axis=1)[:, :-1],
            _table(cell[self.is_end], many, ages),
            _table(cell[self.is_counted], many, ages),
        )


class LeftOut:
    """Subjects, and the ages at which any of them ended within a horizon, looked up once."""

    def __init__(self, exits: Floats, ends: Ints, entries: Floats, *, horizon: float) -> None:
        """Look up the ages.

        Args:
            exits: age at the end or at censoring, in any unit.
            ends: which end it was; 0 for censored, 1 for the end in question.
            entries: age from which on each subject was watched.
            horizon: up to which age the curves are followed.
        """
        entered = entries_at_risk(exits, entries)
        self._watched = exits > entered
        is_end = (ends > 0) & self._watched & (exits <= horizon)
        self._ages = np.unique(exits[is_end])
        self._exits, self._entries, self._horizon = exits, entries, horizon
        self._places = _Places(
            np.zeros_like(ends),
            np.searchsorted(self._ages, entered, side="right"),
            np.searchsorted(self._ages, exits, side="right"),
            is_end,
            is_end & (ends == 1),
        )

    def restricted_means(self, groups: Ints) -> Floats:
        """Mean age at any end within the horizon, without each group; nan where nobody is left.

        Args:
            groups: number of the group of each subject, from 0 without a gap.
        """
        return self._each(groups, self._means)

    def incidences(self, groups: Ints) -> Floats:
        """Share with the end in question by the horizon, likewise."""
        return self._each(groups, self._incidences)

    def _means(self, counts: _Counts) -> Floats:
        survival = np.cumprod(counts.staying(), axis=1)
        widths = np.diff(np.concatenate([[0.0], self._ages, [self._horizon]]))
        means: Floats = widths[0] + survival @ widths[1:]
        return means

    def _incidences(self, counts: _Counts) -> Floats:
        survival = np.cumprod(counts.staying(), axis=1)
        before = np.hstack([np.ones((len(survival), 1)), survival])[:, : len(self._ages)]
        shares = (before * _shares(counts.counted, counts.at_risk)).sum(axis=1)
        snapped = np.where(shares >= 1 - ROUNDING, 1.0, shares)
        return np.where(shares <= ROUNDING, 0.0, snapped)

    def _each(self, groups: Ints, values: Callable[[_Counts], Floats]) -> Floats:
        many, ages = int(groups.max()) + 1, len(self._ages)
        reaches = np.array(list(self._reaches(groups, many)))
        whole = self._places.part(np.flatnonzero(self._watched)).counts(ages, 0, 1)
        order = np.argsort(groups, kind="stable")
        order = order[self._watched[order]]
        places = replace(self._places.part(order), groups=groups[order])
        begins = np.searchsorted(places.groups, np.arange(many + 1))
        step = max(1, _CELLS // max(1, ages))
        parts = []
        for first in range(0, many, step):
            last = min(first + step, many)
            of_groups = places.part(slice(begins[first], begins[last])).counts(ages, first, last)
            reached = reaches[first:last, None]
            parts.append(values(whole.without(of_groups).where(self._ages <= reached)))
        return np.where(np.isnan(reaches), np.nan, np.concatenate(parts))

    def _reaches(self, groups: Ints, many: int) -> Iterator[float]:
        """Without each group, up to which age somebody was watched all along; nan: from none on.

        Beyond an age at which nobody was, it is not known how many came so far.
        """
        if not np.any(self._entries > 0):
            yield from (np.inf if many > 1 else np.nan for _ in range(many))
            return
        order = np.argsort(self._entries, kind="stable")
        entries, exits, groups = self._entries[order], self._exits[order], groups[order]
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
