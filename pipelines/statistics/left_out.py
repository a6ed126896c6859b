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


#: Cells of a table of groups and ages: some 4 MB, which a processor has near at hand.
_CELLS = 500_000


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

    def at_risk(self, ages: int, first: int, last: int) -> Floats:
        """How many are at risk at each age (a column), of each group from the first on (a row)."""
        row, many, size = self.groups - first, last - first, ages + 1
        change = _table(row * size + self.entered, many, size)
        change -= _table(row * size + self.left, many, size)
        return np.cumsum(change, axis=1, out=change)[:, :-1]

    def ended(self, ages: int, first: int, last: int) -> Floats:
        """How many of each group end at each age."""
        return self._at_their_ends(self.is_end, ages, first, last)

    def counted(self, ages: int, first: int, last: int) -> Floats:
        """How many of each group have the end in question there."""
        return self._at_their_ends(self.is_counted, ages, first, last)

    def _at_their_ends(self, which: NDArray[np.bool_], ages: int, first: int, last: int) -> Floats:
        cell = (self.groups[which] - first) * ages + self.left[which] - 1
        return _table(cell, last - first, ages)


@dataclass(frozen=True, slots=True)
class _Counts:
    """Of all subjects, at each age at which any of them ends."""

    at_risk: Floats
    ended: Floats
    counted: Floats
    """Those of the ends that have the end in question."""


@dataclass(frozen=True, slots=True)
class _Rest:
    """All subjects without one group after another (a row), at each age (a column).

    What is not asked for is not counted, and what is counted is written over with what follows.
    """

    whole: _Counts
    groups: _Places
    first: int
    last: int
    reached: NDArray[np.bool_] | None
    """Where somebody was watched, beyond which the curve is level; None: everywhere."""

    def at_risk(self) -> Floats:
        counts = self.groups.at_risk(self._ages(), self.first, self.last)
        return np.subtract(self.whole.at_risk, counts, out=counts)

    def ended(self, at_risk: Floats) -> Floats:
        """The share of those at risk that ends; none where nobody is."""
        counts = self.groups.ended(self._ages(), self.first, self.last)
        return self._shares(self.whole.ended, counts, at_risk)

    def counted(self, at_risk: Floats) -> Floats:
        """The share that has the end in question."""
        counts = self.groups.counted(self._ages(), self.first, self.last)
        return self._shares(self.whole.counted, counts, at_risk)

    def _ages(self) -> int:
        return int(self.whole.ended.shape[1])

    def _shares(self, of_all: Floats, of_groups: Floats, at_risk: Floats) -> Floats:
        rest = np.subtract(of_all, of_groups, out=of_groups)
        if self.reached is not None:
            rest *= self.reached
        # Where nobody is at risk nobody ends either.
        return np.divide(rest, at_risk, out=rest, where=at_risk > 0)


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
        watched, ages = self._places.part(np.flatnonzero(self._watched)), len(self._ages)
        self._whole = _Counts(
            watched.at_risk(ages, 0, 1), watched.ended(ages, 0, 1), watched.counted(ages, 0, 1)
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

    def _means(self, rest: _Rest) -> Floats:
        widths = np.diff(np.concatenate([[0.0], self._ages, [self._horizon]]))
        means: Floats = widths[0] + _surviving(rest, rest.at_risk()) @ widths[1:]
        return means

    def _incidences(self, rest: _Rest) -> Floats:
        at_risk = rest.at_risk()
        survival = _surviving(rest, at_risk)
        before = np.hstack([np.ones((len(survival), 1)), survival])[:, : len(self._ages)]
        before *= rest.counted(at_risk)
        shares = before.sum(axis=1)
        snapped = np.where(shares >= 1 - ROUNDING, 1.0, shares)
        return np.where(shares <= ROUNDING, 0.0, snapped)

    def _each(self, groups: Ints, values: Callable[[_Rest], Floats]) -> Floats:
        many, ages = int(groups.max()) + 1, len(self._ages)
        reaches = np.array(list(self._reaches(groups, many)))
        order = np.argsort(groups, kind="stable")
        order = order[self._watched[order]]
        places = replace(self._places.part(order), groups=groups[order])
        begins = np.searchsorted(places.groups, np.arange(many + 1))
        step = max(1, _CELLS // max(1, ages))
        parts = []
        for first in range(0, many, step):
            last = min(first + step, many)
            of_groups = places.part(slice(begins[first], begins[last]))
            reached = None
            if not np.all(np.isinf(reaches[first:last])):
                reached = self._ages <= reaches[first:last, None]
            parts.append(values(_Rest(self._whole, of_groups, first, last, reached)))
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


def _surviving(rest: _Rest, at_risk: Floats) -> Floats:
    """The share that has not ended, after each age."""
    staying = rest.ended(at_risk)
    np.subtract(1, staying, out=staying)
    return np.cumprod(staying, axis=1, out=staying)


def _table(cells: Ints, rows: int, columns: int) -> Floats:
    # Weights make the counts floats at once, without a second look at a table that is mostly empty
    # (but for none at all, of which the counts stay whole).
    counts = np.bincount(cells, np.ones(len(cells)), minlength=rows * columns)
    return counts.astype(np.float64, copy=False).reshape(rows, columns)


def _watched_until(entries: Floats, exits: Floats) -> float:
    """Up to which age somebody was watched, of subjects in the order of their entries."""
    reached = np.maximum.accumulate(np.append(0.0, exits))
    gaps = np.flatnonzero(entries > reached[:-1])
    if not len(entries) or (len(gaps) and gaps[0] == 0):
        return np.nan
    return float(reached[gaps[0]]) if len(gaps) else np.inf
