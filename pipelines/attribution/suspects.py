"""The seats and people of one edge as hypotheses: prepared once, asked under any prior."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.attribution.column_effects import ColumnEffects
from pipelines.attribution.identification import Standing, standing
from pipelines.attribution.scrambled_spells import scrambled_p
from pipelines.attribution.seat_cells import SeatCells
from pipelines.attribution.seat_model import Projected, SeatModel
from pipelines.attribution.seat_months import SeatMonths, seat_months
from pipelines.attribution.spike_scan import Candidates, Found, Prior, Scan, scan
from pipelines.policy import Intervention

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

USEFUL_LOG, USEFUL_SHARE = 0.2, 0.05
"""Smallest excess worth a word: a fifth longer, five points more."""
CHANCE = 0.05
"""A tenure by chance may stand out as much less often than this, if a person is to be meant."""
_SHOCK = 0.2
"""Usual shock of a team and month, so that months of many items do not count for ever more."""
_SPREAD_LOG, _SPREAD_SHARE = 1.0, 0.5
"""Of an excess before the data: of a logarithm; of a share, in standard deviations of an item."""
_LEAST_VARIANCE = 0.01
_LEAST = 1e-12


@dataclass(frozen=True, slots=True)
class Scale:
    """In what values are told."""

    unit: float
    """What one of the logarithm or logit is worth in them."""
    spread: float
    """Of an excess before the data."""
    useful: float
    """Smallest excess worth a word."""


def scale_of(rows: pl.DataFrame, *, is_binary: bool, useful: float | None = None) -> Scale:
    """The scale of the values of these rows, of which there are some; useful: None is the usual."""
    if not is_binary:
        return Scale(1.0, _SPREAD_LOG, USEFUL_LOG if useful is None else useful)
    mean = float(np.mean(rows["value"].to_numpy()))
    variance = max(mean * (1 - mean), _LEAST_VARIANCE)
    worth = USEFUL_SHARE if useful is None else useful
    return Scale(variance, _SPREAD_SHARE * variance**0.5, worth)


@dataclass(frozen=True, slots=True)
class Suspects:
    """Cells, who stands where in them, and their model."""

    cells: SeatCells
    months: SeatMonths
    where: Standing
    model: SeatModel
    projected: Projected
    scale: Scale

    @classmethod
    def of(cls, cells: SeatCells, changes: Iterable[Intervention], scale: Scale) -> Self:
        """Prepare the cells; changes: those that were declared."""
        months = seat_months(cells)
        model = SeatModel(cells, scale=scale.unit)
        where = standing(months, cells, changes)
        return cls(cells, months, where, model, model.projected(), scale)

    def scanned(self, prior: Prior) -> tuple[Scan, float | None]:
        """What stands out, and the largest p-value of the people who did.

        Whom scrambled spells do not bear out is told from the seat no longer.
        """
        seen = scan(
            self.projected,
            self._candidates(),
            prior,
            spread=self.scale.spread,
            useful=self.scale.useful,
        )
        p_values = {
            one.column: self._p_value(one, seen.found)
            for one in seen.found
            if one.label == "person"
        }
        found = tuple(
            replace(one, label="seat_or_person", why="scrambled")
            if p_values.get(one.column, 0.0) >= CHANCE
            else one
            for one in seen.found
        )
        return replace(seen, found=found), max(p_values.values(), default=None)

    def may_be(self) -> Flags:
        """Of teams, then people, who is asked about: one team alone differs from no other (k,)."""
        teams = len(self.cells.teams)
        return np.concatenate([np.full(teams, teams > 1), self.where.candidates()])

    def effects(self, found: tuple[Found, ...]) -> ColumnEffects:
        """What is believed of the columns found, all in the model together."""
        columns = [one.column for one in found]
        return ColumnEffects.of(self.projected, columns, self.scale.spread)

    def _candidates(self) -> Candidates:
        teams, months, people = self.months.held().shape
        there = self.months.held() > 0
        seats = np.broadcast_to(np.eye(teams, dtype=bool)[:, None], (teams, months, teams))
        every = np.concatenate([seats, there], axis=2).reshape(-1, teams + people)
        counted = every.astype(np.float64)
        return Candidates(
            np.arange(teams + people) < teams,
            self.may_be(),
            self.months.likeness(),
            self.where.separable(),
            self.where.confounded,
            counted.T @ counted > 0,
        )

    def _p_value(self, suspect: Found, found: tuple[Found, ...]) -> float:
        """Scrambled spells, of what the months and whatever else was found leave."""
        cells = self.cells
        effects, columns = self.effects(found), cells.columns()
        usual = np.zeros(columns.shape[1])
        usual[[one.column for one in found]] = effects.weights @ effects.means
        usual[suspect.column] = 0.0
        left = cells.values - columns @ usual
        return self._turned(left - self._of_month(left), suspect.column - len(cells.teams))

    def _of_month(self, left: Floats) -> Floats:
        """The mean of each cell's month."""
        items = self.cells.items.astype(np.float64)
        total = np.maximum(np.bincount(self.cells.month, items), 1.0)
        level: Floats = (np.bincount(self.cells.month, items * left) / total)[self.cells.month]
        return level

    def _turned(self, left: Floats, person: int) -> float:
        cells = self.cells
        shape = (len(cells.teams), len(cells.months))
        place = cells.team * shape[1] + cells.month
        precision = np.bincount(place, 1 / cells.variances, shape[0] * shape[1])
        level = np.bincount(place, left / cells.variances, len(precision))
        known = precision > 0
        weights = np.where(
            known, 1 / (1 / np.maximum(precision, _LEAST) + (_SHOCK * self.scale.unit) ** 2), 0.0
        )
        values = level / np.maximum(precision, _LEAST)
        return scrambled_p(
            values.reshape(shape), weights.reshape(shape), self.months.held(), person
        )
