"""How good or bad each week is for each team: shocks, drifts, seasons, holidays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from benchmarks.effect_cells import Cell, Shocks

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

WEEKS_A_YEAR = 52.18
_BURN = 200
_SPARE = 52
"""Weeks among which a manager may find a bad quarter."""
_BAD = 8
_TENTH = 10
_LIES_LONGER = 0.5
_TURN_OF_THE_YEAR = (51, 0)


@dataclass(frozen=True, slots=True)
class Weather:
    """What all work of a week has in common, in each team."""

    levels: Floats
    """By team and week, on the logarithm of durations or on the logit of a rate."""
    holidays: Flags
    """The weeks in which little begins."""


def weather(dice: np.random.Generator, cell: Cell, weeks: int) -> Weather:
    """Of the changed teams first, then of those to compare with; some weeks around the change."""
    teams = cell.teams + cell.controls
    spare = _SPARE if cell.bad_quarter else 0
    common = series(dice, cell.shocks, weeks + spare, cell.rho, cell.common)
    own = [
        series(dice, cell.shocks, weeks + spare, cell.rho, cell.own * _alone(number))
        for number in range(teams)
    ]
    shocks = common + np.stack(own)
    first = _bad_quarter(dice, shocks[: cell.teams].mean(axis=0), cell) if spare else 0
    holidays = _holidays(dice, cell, weeks)
    lies = _LIES_LONGER * dice.exponential(size=weeks) * holidays * (cell.holidays > 0)
    return Weather(
        shocks[:, first : first + weeks] + _slow(dice, cell, weeks) + lies,
        holidays,
    )


def series(dice: np.random.Generator, family: Shocks, weeks: int, rho: float, sd: float) -> Floats:
    """One series of shocks, of that standard deviation whatever its family."""
    many = weeks + _BURN
    if family == "walk":
        steps = dice.normal(size=(2, weeks))
        walked: Floats = sd * (np.cumsum(steps[0]) / np.sqrt(26) + 0.3 * steps[1])
        level: Floats = walked - walked[: weeks // 2].mean()
        return level
    heavy = family == "heavy"
    fresh = dice.standard_t(3, many) / np.sqrt(3) if heavy else dice.normal(size=many)
    ahead = {"arma": [1.0, 0.6], "average": [1.0, 0.8, 0.6, 0.4]}.get(family, [1.0])
    behind = [1.0] if family == "average" else [1.0, -rho]
    alone = lfilter(ahead, behind, np.eye(1, 2000)[0])
    shocks: Floats = sd * lfilter(ahead, behind, fresh)[_BURN:] / np.sqrt((alone**2).sum())
    return shocks


def _alone(number: int) -> float:
    """Some teams are steadier than others."""
    return (0.6, 1.0, 1.4)[number % 3]


def _bad_quarter(dice: np.random.Generator, changed: Floats, cell: Cell) -> int:
    """Where to begin so that the weeks before the change are among the worst tenth."""
    ends = cell.weeks_before + np.arange(_SPARE)
    recent = np.array([changed[end - _BAD : end].mean() for end in ends])
    return int(dice.choice(np.argsort(recent)[-(_SPARE // _TENTH) :]))


def _slow(dice: np.random.Generator, cell: Cell, weeks: int) -> Floats:
    """Drifts and the season: what goes on for months."""
    teams = cell.teams + cell.controls
    path = np.linspace(-0.5, 0.5, weeks)
    drift = cell.drift + cell.slopes * dice.normal(size=teams)
    drift[: cell.teams] += cell.own_drift
    phase = dice.uniform()
    wave = np.sin(2 * np.pi * (np.arange(weeks) / WEEKS_A_YEAR + phase))
    slow: Floats = np.outer(drift, path) + cell.season * wave
    return slow


def _holidays(dice: np.random.Generator, cell: Cell, weeks: int) -> Flags:
    of_the_year = np.arange(weeks) % 52
    flags: Flags = np.isin(of_the_year, _TURN_OF_THE_YEAR) & (np.arange(weeks) > 0)
    drawn: Flags = dice.uniform(size=weeks) < cell.holidays
    return flags | drawn
