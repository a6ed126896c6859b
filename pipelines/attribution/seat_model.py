"""What months, teams, people and passing shocks make of the cells, before anybody is suspected.

    cell = level + month + team + sender + receiver + shock of team and month + sampling noise

All but the level are random, and a person is one effect in every seat. Shocks of a team are
autoregressive from month to month: without them a tenure is a block of noise that belongs together,
and every holder differs. The sampling noise is known. How much teams and people differ as a matter
of course, how strong shocks are and how long they last is not estimated and then taken for known:
one bad seat among few would widen the usual difference of seats until it is usual itself. Each
guess, on a grid, is weighted by its restricted likelihood (Harville 1977) together with each
suspicion, and a guess that calls everything else alike and one seat bad can win.

Cells enter through sums by team and month alone, so a fit costs (teams + people) cubed at each
point of the grid however many cells there are; from three hundred of them on the grid is coarse.
A cell is in one month, of one team and of two people at most: its columns are nearly all 0,
and sparse.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse
from scipy.linalg import lapack

from pipelines.attribution.seat_cells import SeatCells
from pipelines.attribution.usual_differences import usual_differences
from pipelines.statistics.indicators import indicators

Floats = NDArray[np.float64]

Guesses: TypeAlias = tuple[tuple[float, float], ...]
"""Standard deviations of a logarithm or logit, and how likely each was held to be before."""


@dataclass(frozen=True, slots=True)
class Grid:
    """What is guessed of usual differences. The largest are rare, and then nobody is unusual."""

    memories: tuple[float, ...]
    """Correlations of a shock from month to month, equally likely."""
    shocks: Guesses
    teams: Guesses
    people: Guesses

    def __len__(self) -> int:
        """How many points it has."""
        return len(self.memories) * len(self.shocks) * len(self.teams) * len(self.people)


FINE = Grid(
    memories=(0.0, 0.5, 0.85),
    shocks=((0.05, 0.2), (0.15, 0.35), (0.3, 0.35), (0.5, 0.1)),
    teams=((0.05, 0.25), (0.12, 0.4), (0.25, 0.3), (0.5, 0.05)),
    people=((0.03, 0.4), (0.08, 0.35), (0.15, 0.17), (0.3, 0.06), (0.6, 0.02)),
)
COARSE = Grid(
    memories=(0.2, 0.7),
    shocks=((0.12, 0.6), (0.3, 0.4)),
    teams=((0.1, 0.65), (0.25, 0.35)),
    people=((0.05, 0.75), (0.15, 0.19), (0.4, 0.06)),
)
"""For organisations so large that a fine one would neither fit into memory nor end in time."""
MOST_COLUMNS = 300
"""Teams and people up to which the grid is fine."""
_MONTHS = 0.2
_LEAST_CAP = 0.1
"""Usual differences above the robust ones are held to these, and these to be at least this."""


@dataclass(frozen=True, slots=True)
class Projected:
    """Products of columns after all nuisances, at each point of the grid.

    With P the projection of Harville (1977), ``across`` is C'PC for the columns C: teams, people
    and, last, the values.
    """

    across: Floats
    """Of shape (g, k + 1, k + 1)."""
    log_weights: Floats
    """Logarithm of prior and restricted likelihood of each point (g,)."""

    def scores(self) -> Floats:
        """Of each column with the values: c'Pr (g, k)."""
        scores: Floats = self.across[:, :-1, -1]
        return scores

    def information(self) -> Floats:
        """Of each column with itself: c'Pc (g, k)."""
        information: Floats = np.diagonal(self.across, axis1=1, axis2=2)[:, :-1]
        return information

    def weights(self) -> Floats:
        """Of each point, summing to 1."""
        weights = np.exp(self.log_weights - self.log_weights.max())
        normed: Floats = weights / weights.sum()
        return normed

    def without(self, column: int, spread: float) -> Self:
        """The same once a column may take a value that is normal with this spread."""
        taken = self.across[:, :, column]
        pivot = self.across[:, column, column] + spread**-2
        across = self.across - taken[:, :, None] * taken[:, None, :] / pivot[:, None, None]
        gained = taken[:, -1] ** 2 / pivot - np.log(pivot * spread**2)
        return type(self)(across, self.log_weights + gained / 2)


class SeatModel:
    """The cells with their noise, ready for any columns of cells."""

    def __init__(self, cells: SeatCells, *, scale: float) -> None:
        """Prepare the sums.

        Args:
            cells: of one edge.
            scale: what a unit of the logarithm or logit is worth in the values: 1 if these are
                logarithms, the variance of an item if they are 0 and 1.
        """
        self._cells = cells
        self._scale = scale
        self._grid = FINE if len(cells.teams) + len(cells.people) <= MOST_COLUMNS else COARSE

    def projected(self, columns: sparse.csr_array | None = None) -> Projected:
        """Products of columns (n, k), those of all teams and people if none are given."""
        cells = self._cells
        wanted = cells.columns() if columns is None else columns
        many = len(cells.values)
        months = indicators(np.arange(many), cells.month, (many, len(cells.months)))
        level, values = np.ones((many, 1)), cells.values[:, None]
        random = [months, cells.held(), cells.seated()]
        every = sparse.hstack([*random, level, wanted, values], format="csr")
        # Filled point by point: a list of them would be held beside the whole that is made of it.
        across = np.empty((len(self._grid), wanted.shape[1] + 1, wanted.shape[1] + 1))
        logs = np.empty(len(self._grid))
        for point, (log, left) in enumerate(self._points(every)):
            across[point], logs[point] = left, log
        return Projected(across, logs)

    def _points(self, every: sparse.csr_array) -> Iterator[tuple[float, Floats]]:
        """Of each point of the grid: its logarithm, and what is left after all nuisances."""
        cells = self._cells
        least = self._scale * _LEAST_CAP
        of_teams_cap, of_people_cap = (max(least, cap) for cap in usual_differences(cells))
        for log, inner in self._shocked(every):
            dated, of_months = self._random(inner, self._scale * _MONTHS, len(cells.months))
            for person, of_person in self._grid.people:
                manned, of_people = self._random(
                    dated, min(self._scale * person, of_people_cap), len(cells.people)
                )
                for team, of_team in self._grid.teams:
                    whole, of_teams = self._random(
                        manned, min(self._scale * team, of_teams_cap), len(cells.teams)
                    )
                    left = whole[1:, 1:] - np.outer(whole[1:, 0], whole[0, 1:]) / whole[0, 0]
                    spent = of_months + of_people + of_teams + np.log(whole[0, 0]) + left[-1, -1]
                    yield log + float(np.log(of_person * of_team) - spent / 2), left

    def _shocked(self, every: sparse.csr_array) -> Iterator[tuple[float, Floats]]:
        """Of each guess of the shocks: the logarithm of its weight, the products given it."""
        cells = self._cells
        precision = 1 / cells.variances
        weighted = sparse.diags_array(precision) @ every
        crossed = (every.T @ weighted).toarray()
        shape = (len(cells.teams), len(cells.months))
        place = cells.team * shape[1] + cells.month
        together = indicators(place, np.arange(len(place)), (shape[0] * shape[1], len(place)))
        sums = (together @ weighted).toarray()
        total = np.bincount(place, precision, len(sums)).reshape(shape)
        apart = np.abs(np.subtract.outer(np.arange(shape[1]), np.arange(shape[1])))
        for memory, (shock, weight) in product(self._grid.memories, self._grid.shocks):
            root = self._scale * shock * np.linalg.cholesky(memory**apart)
            inner = np.eye(shape[1]) + root.T @ (total[:, :, None] * root)
            factor = np.linalg.cholesky(inner)
            by_month = root.T @ sums.reshape(*shape, -1)
            white = np.linalg.solve(factor, by_month).reshape(-1, every.shape[1])
            determinants = np.log(np.diagonal(factor, axis1=1, axis2=2)).sum()
            yield float(np.log(weight) - determinants), crossed - white.T @ white

    def _random(self, inner: Floats, deviation: float, many: int) -> tuple[Floats, float]:
        """Products once the first columns are random, without these; a log determinant."""
        core = deviation**2 * inner[:many, :many] + np.eye(many)
        factor = linalg.cholesky(core, lower=True, check_finite=False)
        white = deviation * lapack.dtrtrs(factor, inner[:many, many:], lower=1)[0]
        return inner[many:, many:] - white.T @ white, 2 * float(np.log(np.diagonal(factor)).sum())
