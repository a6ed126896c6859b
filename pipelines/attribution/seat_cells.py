"""What is left of the values once the rules are taken out, by team, month and who held the seat.

A cell is one team, month, sender and receiver. Its sampling variance is known from its items and
from how far items differ within their team and month.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from pipelines.attribution.handed_over import SIDES, holders
from pipelines.attribution.steady_holders import with_steady_holders
from pipelines.attribution.within_cells import RuleFit
from pipelines.statistics.indicators import indicators

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_LEAST_NOISE = 1e-6


@dataclass(frozen=True, slots=True)
class SeatCells:
    """Cells (n) of teams, months and people; ids of people stay in here."""

    teams: tuple[str, ...]
    months: tuple[date, ...]
    """Every month from the first to the last, also those without an item."""
    people: tuple[str, ...]
    team: Integers
    """Place of each cell's team (n,)."""
    month: Integers
    sides: Integers
    """Places of sender and receiver (n, 2); -1 where unknown."""
    values: Floats
    """Mean of what the rules leave."""
    variances: Floats
    items: Integers

    def held(self) -> sparse.csr_array:
        """1 where a person held either side of a cell (n, P)."""
        cell, side = np.nonzero(self.sides >= 0)
        shape = (len(self.values), len(self.people))
        return indicators(cell, self.sides[cell, side], shape)

    def seated(self) -> sparse.csr_array:
        """1 where a cell is of a team (n, T)."""
        shape = (len(self.team), len(self.teams))
        return indicators(np.arange(len(self.team)), self.team, shape)

    def columns(self) -> sparse.csr_array:
        """Teams, then people (n, T + P)."""
        return sparse.hstack([self.seated(), self.held()], format="csr")


def seat_cells(rows: pl.DataFrame, fit: RuleFit) -> SeatCells:
    """The cells of rows in their order, as :mod:`pipelines.attribution.handed_over` has it."""
    kind = pl.col("kind").replace_strict(fit.kinds, default=0.0, return_dtype=pl.Float64)
    rules = [pl.col(name) * shift for name, shift in fit.shifts.items()]
    cells = (
        with_steady_holders(rows)
        .select(
            "team",
            "month",
            *(pl.col(side).cast(pl.String) for side in SIDES),
            value=pl.sum_horizontal(pl.col("value"), -kind, *(-cost for cost in rules)),
        )
        .group_by("team", "month", *SIDES, maintain_order=True)
        .agg(pl.col("value").mean(), items=pl.len())
    )
    people = tuple(holders(cells))
    teams = tuple(cells["team"].unique().sort())
    since = cells["month"].dt.year().cast(pl.Int64) * 12 + cells["month"].dt.month()
    first = int(since.min()) if len(cells) else 0  # type: ignore[arg-type] # a month is no decimal
    month = (since - first).to_numpy()
    items = cells["items"].cast(pl.Int64).to_numpy()
    return SeatCells(
        teams,
        tuple(_month(first + place) for place in range(int(month.max(initial=-1)) + 1)),
        people,
        _places(cells["team"], teams),
        month,
        np.column_stack([_places(cells[side], people) for side in SIDES]),
        cells["value"].to_numpy(),
        max(fit.noise, _LEAST_NOISE) / items,
        items,
    )


def _places(column: pl.Series, names: tuple[str, ...]) -> Integers:
    places = {name: place for place, name in enumerate(names)}
    return np.array([places.get(name, -1) for name in column], dtype=np.int64)


def _month(since: int) -> date:
    """The first day of the month that is so many months after the year nought."""
    return date((since - 1) // 12, (since - 1) % 12 + 1, 1)
