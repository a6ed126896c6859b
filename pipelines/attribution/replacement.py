"""What remains when the holder of a seat leaves, and what a holder brings along.

*Persistence*: the excess of a seat after its holder was replaced, over that before. It is near one
where the delay belongs to the seat and near 0 where it belonged to the one who left. People are
replaced when things are at their worst, and would have become better anyway: the last two months of
whoever left are left out. *Portability*: the excess of a person in their other seats, over that in
the one where they handed over most.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipelines.attribution.column_effects import ColumnEffects
from pipelines.attribution.identification import Standing
from pipelines.attribution.seat_cells import SeatCells
from pipelines.attribution.seat_model import SeatModel
from pipelines.attribution.seat_months import SeatMonths
from pipelines.statistics.estimate import Estimate

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

DONUT_MONTHS = 2


@dataclass(frozen=True, slots=True)
class Contrasted:
    """Cells of one suspect (n,): those in which the delay should be, if it is his, and others."""

    there: Flags
    elsewhere: Flags
    neither: Flags
    """In the same seats, but told by nobody: the last months of who left."""


def persistence(
    model: SeatModel,
    others: sparse.csr_array,
    contrasted: Contrasted | None,
    *,
    spread: float,
) -> Estimate | None:
    """The excess elsewhere over the excess there; None where there is nothing to compare.

    Args:
        model: of the cells.
        others: columns of whatever else was found (n, q).
        contrasted: the cells to compare.
        spread: of an excess before the data.
    """
    if contrasted is None or not (contrasted.there.any() and contrasted.elsewhere.any()):
        return None
    sides = [contrasted.elsewhere, contrasted.there]
    if contrasted.neither.any():
        sides.append(contrasted.neither)
    columns = sparse.hstack([np.column_stack(sides).astype(np.float64), others], format="csr")
    projected = model.projected(columns)
    effects = ColumnEffects.of(projected, list(range(columns.shape[1])), spread)
    return effects.ratio(0, 1)


def of_seat(team: int, cells: SeatCells, months: SeatMonths, one: Standing) -> Contrasted | None:
    """Before and after the replacement with most items on its poorer side; None without any."""
    here = cells.team == team
    best, most = None, 0
    for side, person in np.argwhere(one.counts[:, team]):
        end = _last_month(months.presence[side, team, :, person])
        before = here & (cells.month <= end - DONUT_MONTHS)
        after = here & (cells.month > end) & (cells.sides[:, side] != person)
        poorer = int(min(cells.items[before].sum(), cells.items[after].sum()))
        if one.counts[side, team].sum() > 1 and poorer > most:
            best, most = Contrasted(before, after, here & ~before & ~after), poorer
    return best


def of_person(
    person: int, cells: SeatCells, months: SeatMonths, one: Standing
) -> Contrasted | None:
    """His months in seats that others held too, against theirs."""
    there = np.zeros(len(cells.team), dtype=bool)
    elsewhere, around = there.copy(), there.copy()
    for side, team in np.argwhere(one.counts[:, :, person]):
        here = cells.team == team
        holders = np.flatnonzero(one.counts[side, team])
        around |= here
        for holder in holders[holders != person]:
            elsewhere |= here & _told(holder, int(side), int(team), cells, months)
            there |= here & _told(person, int(side), int(team), cells, months)
    elsewhere &= ~(cells.sides == person).any(axis=1)
    return Contrasted(there, elsewhere, around & ~there & ~elsewhere) if there.any() else None


def portable(person: int, cells: SeatCells, one: Standing) -> Contrasted | None:
    """The seat where he handed over most, and his others; None if he counts in one alone."""
    teams = np.flatnonzero(one.counts[:, :, person].any(axis=0))
    if len(teams) < 2:  # noqa: PLR2004 # two seats make a mover
        return None
    his = (cells.sides == person).any(axis=1)
    items = [cells.items[his & (cells.team == team)].sum() for team in teams]
    main = teams[int(np.argmax(items))]
    there = his & (cells.team == main)
    elsewhere = his & np.isin(cells.team, teams) & ~there
    return Contrasted(there, elsewhere, np.zeros_like(his))


def _told(person: int, side: int, team: int, cells: SeatCells, months: SeatMonths) -> Flags:
    """Cells of a holder, without his last months if he left."""
    end = _last_month(months.presence[side, team, :, person])
    left = end < len(cells.months) - 1
    told: Flags = (cells.sides[:, side] == person) & (
        cells.month <= (end - DONUT_MONTHS if left else end)
    )
    return told


def _last_month(presence: Floats) -> int:
    return int(np.flatnonzero(presence > 0).max(initial=-1))
