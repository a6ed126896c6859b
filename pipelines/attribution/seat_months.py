"""Who held which side of a seat in which month, as far as items tell.

In a month, a person is present with their share of the items of their side, and below one quarter
not at all: people stand in for a day, and around a handover the record may err.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.attribution.seat_cells import SeatCells

Floats = NDArray[np.float64]

_THERE = 0.25
_LEAST = 1e-12


@dataclass(frozen=True, slots=True)
class SeatMonths:
    """By side, team, month and person."""

    presence: Floats
    """Between 0 and 1 (2, T, M, P)."""
    items: Floats
    """Handed over by a person while present (2, T, M, P)."""
    volume: Floats
    """Items of a team in a month (T, M)."""

    def held(self) -> Floats:
        """How far a person held either side (T, M, P)."""
        held: Floats = self.presence.max(axis=0)
        return held

    def likeness(self) -> Floats:
        """Correlation of each seat with each person over all months, by items (T, P)."""
        weights = self.volume / max(self.volume.sum(), 1.0)
        held = self.held()
        of_seat = weights.sum(axis=1)
        mean = np.einsum("tm,tmp->p", weights, held)
        square = np.einsum("tm,tmp->p", weights, held**2)
        together = np.einsum("tm,tmp->tp", weights, held) - of_seat[:, None] * mean
        spread = np.outer(of_seat * (1 - of_seat), square - mean**2)
        likeness: Floats = together / np.sqrt(np.maximum(spread, _LEAST))
        return likeness


def seat_months(cells: SeatCells) -> SeatMonths:
    """Count the items of each holder."""
    shape = (len(cells.teams), len(cells.months), len(cells.people))
    counted = np.zeros((2, *shape))
    for number, side in enumerate(cells.sides.T):
        known = side >= 0
        places = (cells.team[known], cells.month[known], side[known])
        np.add.at(counted[number], places, cells.items[known])
    share = counted / np.maximum(counted.sum(axis=3, keepdims=True), 1.0)
    presence = np.where(share < _THERE, 0.0, share)
    volume = np.zeros(shape[:2])
    np.add.at(volume, (cells.team, cells.month), cells.items)
    return SeatMonths(presence, counted * (presence > 0), volume)
