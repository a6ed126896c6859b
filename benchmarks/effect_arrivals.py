"""What begins: how much in each team and week, of which type and size, for which epic."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.effect_cells import Cell
from benchmarks.effect_shocks import WEEKS_A_YEAR, Flags, Floats

Integers = NDArray[np.int64]

TYPES = ("Story", "Bug", "Task")
_OF_TYPE = np.array([0.15, -0.6, -0.1])
_SIZES = np.array([1.0, 2.0, 3.0, 5.0, 8.0])
_OF_SIZE = 0.3
"""Exponent: how much longer larger work takes."""
_NO_SIZE = 0.15
_NO_EPIC = 0.15
_DISPERSION = 4.0
_IN_HOLIDAYS = 0.25
_DAYS_OF_THE_WEEK = [0.2, 0.2, 0.19, 0.19, 0.16, 0.03, 0.03]
_EPIC_DAYS = 49.0
_TEAMS_APART = 0.25


@dataclass(frozen=True, slots=True)
class Arrivals:
    """One entry for each item, in the order of teams and weeks."""

    team: Integers
    week: Integers
    entered: Floats
    """Days since the first Monday."""
    epic: Integers
    """-1: of none."""
    type: Integers
    size: Floats
    """Points; missing where nobody estimated."""
    tendency: Floats
    """What is known of an item before it begins: team, type, size and the fate of its epic."""


def expected(cell: Cell, holidays: Flags) -> Floats:
    """By team and week: how many items begin on the average."""
    halving = 0.5 if cell.uneven else 1.0
    changed, others = (halving ** np.arange(many) for many in (cell.teams, cell.controls))
    share = np.concatenate([changed, others]) / changed.sum()
    many = np.outer(share, np.where(holidays, _IN_HOLIDAYS, 1.0))
    many[: cell.teams, cell.weeks_before :] *= cell.volume
    weekly: Floats = many * cell.per_month * 12 / WEEKS_A_YEAR
    return weekly


def volumes(dice: np.random.Generator, mean: Floats) -> Integers:
    """Counts that vary more than by chance: a negative binomial distribution."""
    counts: Integers = dice.poisson(dice.gamma(_DISPERSION, mean / _DISPERSION))
    return counts


def characters(dice: np.random.Generator, cell: Cell) -> Floats:
    """How much slower each team is than others, or the more often it rejects."""
    return dice.normal(0, _TEAMS_APART, cell.teams + cell.controls)


def arrivals(
    dice: np.random.Generator, cell: Cell, counts: Integers, character: Floats
) -> Arrivals:
    """Items for the counts of each team and week."""
    teams, weeks = counts.shape
    team = np.repeat(np.arange(teams), counts.sum(axis=1))
    week = np.repeat(np.tile(np.arange(weeks), teams), counts.ravel())
    many = len(team)
    day = dice.choice(7, many, p=_DAYS_OF_THE_WEEK)
    entered = week * 7.0 + day + dice.uniform(0.3, 0.75, many)
    later = week / max(1, weeks - 1) * (team < cell.teams) if cell.mix_shift else np.zeros(many)
    kinds = _kinds(dice, later)
    points = _SIZES[np.floor(dice.beta(1.6 - 0.6 * later, 1.8 + later) * 5).astype(int)]
    epic, fate = _epics(dice, cell, team, entered, weeks)
    of_size = _OF_SIZE * np.log(points / 3)
    return Arrivals(
        team,
        week,
        entered,
        epic,
        kinds,
        np.where(dice.uniform(size=many) < _NO_SIZE, np.nan, points),
        character[team] + _OF_TYPE[kinds] + of_size + fate,
    )


def _kinds(dice: np.random.Generator, later: Floats) -> Integers:
    """Bugs are a quarter of the work, and as the mix shifts three of five."""
    drawn = dice.uniform(size=len(later))
    bug = 0.25 + 0.35 * later
    return np.where(drawn < bug, 1, np.where(drawn < bug + 0.2, 2, 0)).astype(np.int64)


def _epics(
    dice: np.random.Generator, cell: Cell, team: Integers, entered: Floats, weeks: int
) -> tuple[Integers, Floats]:
    """Each team works on several at a time; one ends and the next begins, after weeks or months."""
    epic = np.full(len(team), -1, dtype=np.int64)
    fate = np.zeros(len(team))
    numbered = 0
    for one in np.unique(team):
        items = np.flatnonzero(team == one)
        at_a_time = max(2, round(len(items) / weeks * 1.2))
        lane = dice.integers(0, at_a_time, len(items))
        of_none = dice.uniform(size=len(items)) < _NO_EPIC
        for number in range(at_a_time):
            lasts = dice.gamma(2.0, _EPIC_DAYS / 2, 12 + weeks)
            ends = np.cumsum(lasts) - dice.uniform(0, _EPIC_DAYS)
            fates = dice.normal(0, cell.epics, len(ends) + 1)
            here = items[(lane == number) & ~of_none]
            place = np.searchsorted(ends, entered[here])
            epic[here] = numbered + place
            fate[here] = fates[place]
            numbered += len(ends) + 1
    alone = np.flatnonzero(epic < 0)
    fate[alone] = dice.normal(0, cell.epics, len(alone))
    return epic, fate
