"""A life table with states: sums over cells of age, from which mean times in states follow.

Within a cell whoever was censored or began to be watched counts half, and the share left falls in a
straight line (the actuarial method; Klein and Moeschberger 2003, section 5.4). What ended at age 0
has a cell of no length for itself. Everything the table needs of a group of subjects is a sum over
them: that is what makes it cheap to draw groups anew.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from pipelines.statistics.state_occupation import Floats, Integers, Lives, Stays

_CELLS = 40


@dataclass(frozen=True, slots=True)
class LifeTable:
    """The edges of the cells, from 0 to the horizon, and how many states there are."""

    edges: Floats
    states: int

    @classmethod
    def over(cls, lives: Lives, *, states: int, horizon: float) -> Self:
        """Cells in which about equally many subjects end or are last seen."""
        inside = lives.exits[(lives.exits > 0) & (lives.exits < horizon)]
        levels = np.arange(1, _CELLS) / _CELLS
        cuts = np.quantile(inside, levels, method="inverted_cdf") if len(inside) else inside
        return cls(np.unique(np.concatenate([[0.0], cuts, [horizon]])), states)

    def sums(self, lives: Lives, stays: Stays, groups: Integers) -> Floats:
        """What the table needs of each group, one row for each.

        Args:
            lives: the subjects.
            stays: in which state each was when.
            groups: number of the group of each subject, from 0 without a gap.
        """
        many = int(groups.max(initial=-1)) + 1
        cells = list(zip(self.edges[:-1], self.edges[1:], strict=True))
        at_risk = [np.bincount(groups, lives.since() <= 0, minlength=many)]
        at_risk += [np.bincount(groups, _at_risk(lives, *cell), minlength=many) for cell in cells]
        watched = [
            np.bincount(groups, _overlap(lives.since(), lives.exits, *cell), minlength=many)
            for cell in cells
        ]
        seen = stays.within(lives)
        place = groups[seen.subjects] * self.states + seen.states
        stayed = [
            np.bincount(
                place,
                _overlap(seen.since, seen.until, *cell),
                minlength=many * self.states,
            ).reshape(many, self.states)
            for cell in cells
        ]
        return np.hstack(
            [np.column_stack([*at_risk, *watched]), self._ended(lives, groups, many), *stayed]
        )

    def means(self, sums: Floats, whole: Floats) -> Floats:
        """Mean time in each state and, last, in all: one row for each row of sums.

        Args:
            sums: rows of :meth:`LifeTable.sums`, or sums of such rows.
            whole: the sum of all; where nobody is at risk in a cell, its shares of the states hold.
        """
        at_risk, watched, ended, stayed = self._parts(sums)
        _, watched_by_all, _, stayed_of_all = self._parts(whole)
        falls = np.divide(ended, at_risk, out=np.zeros_like(ended), where=at_risk > 0)
        left = np.cumprod(1 - np.minimum(falls, 1.0), axis=1)
        area = np.diff(self.edges) * (left[:, :-1] + left[:, 1:]) / 2
        usual = _quotient(stayed_of_all, watched_by_all[:, :, None], np.zeros_like(stayed_of_all))
        shares = _quotient(stayed, watched[:, :, None], np.broadcast_to(usual, stayed.shape).copy())
        return np.column_stack([np.einsum("rc,rcs->rs", area, shares), area.sum(axis=1)])

    def _ended(self, lives: Lives, groups: Integers, many: int) -> Floats:
        """Subjects that ended in each cell; at the horizon itself an end takes nothing."""
        cells = len(self.edges)
        counted = lives.is_event & (lives.exits < self.edges[-1])
        cell = np.searchsorted(self.edges, lives.exits[counted], side="left")
        counts = np.bincount(groups[counted] * cells + cell, minlength=many * cells)
        return counts.reshape(many, cells).astype(np.float64)

    def split(self, sums: Floats) -> tuple[Floats, Floats]:
        """What the sums say of the lives (rows, m), and of the states (rows, cells, states)."""
        cells = len(self.edges) - 1
        lives, stayed = np.split(sums, [sums.shape[1] - cells * self.states], axis=1)
        return lives, stayed.reshape(len(sums), cells, self.states)

    def _parts(self, sums: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        edges = len(self.edges)
        lives, stayed = self.split(sums)
        at_risk, watched, ended = np.split(lives, np.cumsum([edges, edges - 1]), axis=1)
        return at_risk, watched, ended, stayed


def _at_risk(lives: Lives, since: float, until: float) -> Floats:
    """How much of each subject was at risk in a cell: half where it came or went within it."""
    came, went = lives.since(), lives.exits
    is_there = (came < until) & (went > since)
    came_within = (came > since) & is_there
    went_within = (went < until) & ~lives.is_event & is_there
    part: Floats = np.where(came_within, 0.5, 1.0) * np.where(went_within, 0.5, 1.0)
    return np.where(is_there, part, 0.0)


def _overlap(since: Floats, until: Floats, first: float, last: float) -> Floats:
    length: Floats = np.minimum(until, last) - np.maximum(since, first)
    return np.maximum(length, 0.0)


def _quotient(part: Floats, whole: Floats, otherwise: Floats) -> Floats:
    return np.divide(part, whole, out=otherwise, where=whole > 0)
