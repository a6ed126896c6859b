"""Which seats and people these data can tell apart at all, before anything is said of either.

A holder counts who was present in three months and handed over fifteen items. A seat can be told
from its holders if either side had two of them; a person can if he followed or was followed in a
seat, or sat in two. Somebody who had one seat for all time, alone, is that seat: no statistics can
part them. A tenure that begins and ends only when a declared change came to the team, a month more
or less, cannot be told from the change.

Seats and people who met form components; what is said of one tells nothing of another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from pipelines.attribution.seat_cells import SeatCells
from pipelines.attribution.seat_months import SeatMonths
from pipelines.policy import Intervention

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FEWEST_MONTHS, FEWEST_ITEMS = 3, 15
_NEAR = 1
"""Months between a declared change and a handover that leave them one."""


@dataclass(frozen=True, slots=True)
class Identification:
    """How much can be told: counts, and of people only as many as may be told."""

    seats: int
    """Sides of teams that anybody held."""
    replaced_seats: int
    """Of them with two holders that count."""
    people: int | None
    """Who held a seat; None: some, but fewer than may be told."""
    movers: int | None
    """People who count in two teams."""
    followed: int | None
    """People who count beside another in one seat."""
    confounded: int | None
    """People whose tenures begin and end only with declared changes."""
    components: int
    """Groups of seats whose people never met; who was hardly there joins none."""
    identifiable_items: float
    """Share of items in components with a mover or a replaced seat."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What can be told of each, by place; stays inside."""

    counts: Flags
    """Whether a person counts on a side of a team (2, T, P)."""
    movers: Flags
    """(P,)."""
    followed: Flags
    """(P,)."""
    confounded: Flags
    """(P,)."""

    def candidates(self) -> Flags:
        """People who count anywhere (P,)."""
        return np.asarray(self.counts.any(axis=(0, 1)))

    def separable(self) -> Flags:
        """People who can be told from their seats (P,)."""
        return self.movers | self.followed


def standing(months: SeatMonths, cells: SeatCells, changes: Iterable[Intervention]) -> Standing:
    """Where everybody stands.

    Args:
        months: of the cells.
        cells: of one edge.
        changes: those that were declared.
    """
    present = months.presence > 0
    counts = (present.sum(axis=2) >= FEWEST_MONTHS) & (months.items.sum(axis=2) >= FEWEST_ITEMS)
    together = counts & (counts.sum(axis=2, keepdims=True) > 1)
    return Standing(
        counts,
        counts.any(axis=0).sum(axis=0) > 1,
        together.any(axis=(0, 1)),
        _confounded(present, counts, _near(cells, changes)),
    )


def identification(
    months: SeatMonths, one: Standing, cells: SeatCells, *, minimum: int
) -> Identification:
    """The counts that may be told; minimum: how many people a count needs."""
    seats = sum(len(np.unique(cells.team[side >= 0])) for side in cells.sides.T)
    labels, told = _components(months.items.sum(axis=2) > 0, one)
    share = float(cells.items[told[labels[cells.team]]].sum() / max(1, cells.items.sum()))
    return Identification(
        seats,
        int((one.counts.sum(axis=2) > 1).sum()),
        _told(len(cells.people), minimum),
        _told(int(one.movers.sum()), minimum),
        _told(int(one.followed.sum()), minimum),
        _told(int((one.confounded & one.separable()).sum()), minimum),
        len(np.unique(labels)),
        share,
    )


def _told(people: int, minimum: int) -> int | None:
    return None if 0 < people < minimum else people


def _near(cells: SeatCells, changes: Iterable[Intervention]) -> Flags:
    """Whether each month, and the one past the last, is near a change of the team (T, M + 1)."""
    near = np.zeros((len(cells.teams), len(cells.months) + 1), dtype=bool)
    if cells.months:
        first = cells.months[0]
        for change, (number, team) in product(changes, enumerate(cells.teams)):
            if change.concerns(team):
                on = change.came_to(team)
                place = 12 * (on.year - first.year) + on.month - first.month
                near[number, max(0, place - _NEAR) : max(0, place + _NEAR + 1)] = True
    return near


def _confounded(present: Flags, counts: Flags, near: Flags) -> Flags:
    """People with a begin or end of a tenure, none of which is clear of a change (P,)."""
    teams, last = present.shape[1:3]
    first_of = np.argmax(present, axis=2)
    end_of = last - np.argmax(present[:, :, ::-1], axis=2)
    moved = [(first_of, counts & (first_of > 0)), (end_of, counts & (end_of < last))]
    any_move = np.any([moves.any(axis=(0, 1)) for _, moves in moved], axis=0)
    there = np.arange(teams)[:, None]
    clear = np.any([(moves & ~near[there, when]).any(axis=(0, 1)) for when, moves in moved], axis=0)
    confounded: Flags = any_move & ~clear
    return confounded


def _components(met: Flags, one: Standing) -> tuple[NDArray[np.int64], Flags]:
    """The component of each team, and whether something can be told in each component.

    The two sides of a team are one seat of one edge.
    """
    teams, people = met.shape[1:]
    edges = sparse.coo_array(met.any(axis=0))
    size = teams + people
    graph = sparse.coo_array(
        (np.ones(len(edges.row)), (edges.row, teams + edges.col)), shape=(size, size)
    )
    many, labels = connected_components(graph, directed=False)
    told = np.zeros(many, dtype=bool)
    told[labels[:teams][(one.counts.sum(axis=2) > 1).any(axis=0)]] = True
    told[labels[teams:][one.movers]] = True
    return labels[:teams].astype(np.int64), told
