"""How long each item takes, and how it ends: with any strength of the change."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.effect_arrivals import Arrivals
from benchmarks.effect_cells import Cell, Noise
from benchmarks.effect_shocks import Flags, Floats, Weather

_MEDIAN_DAYS = 9.0
_DROPPED_AFTER_DAYS = 180.0
"""On the average, if it is not done before: about one item in twelve."""
_REJECTED_DAYS = 2.0
_ACCEPTED_DAYS = 3.0
_DELAY_SD = 0.7
_LATEST_DAYS = 13.5
_QUICK, _LONG = 0.7, 0.1
"""Shares of the short ones among the Weibull, and of the long ones among the log-normal."""


@dataclass(frozen=True, slots=True)
class Lives:
    """Items with all that chance has decided about them but how strong the change is."""

    cell: Cell
    team: NDArray[np.int64]
    entered: Floats
    change: float
    days: Floats
    """Of work, on a clock that runs as ever."""
    dropped: Floats
    """Days after which somebody drops the item, if it is still open."""
    pace: Floats
    """By team and day: how fast the clock of work runs."""

    def lasted(self, latent: float) -> tuple[Flags, Floats]:
        """Which were done and not dropped, and days to either end."""
        since = self.entered - self.change
        is_changed = self.team < self.cell.teams
        pace = self.pace
        days = self.days
        if self.cell.reach == "new":
            days = days * np.exp(latent * np.where(is_changed, ramp(self.cell, since), 0.0))
        else:
            daily = ramp(self.cell, np.arange(pace.shape[1], dtype=np.float64) - self.change)
            faster = np.where(np.arange(len(pace)) < self.cell.teams, 1.0, 0.0)
            pace = pace * np.exp(-latent * np.outer(faster, daily))
        if self.cell.calendar or self.cell.reach == "open":
            days = _on_clocks(self.team, self.entered, days, pace)
        is_done: Flags = days <= self.dropped
        return is_done, np.minimum(days, self.dropped)


def lives(
    dice: np.random.Generator, cell: Cell, sky: Weather, begun: Arrivals, change: float
) -> Lives:
    """Draw them."""
    many = len(begun.team)
    level = 0.0 if cell.calendar else sky.levels[begun.team, begun.week]
    work = _MEDIAN_DAYS * np.exp(begun.tendency + level) * _noise(dice, cell.noise, many)
    pace = np.exp(-np.repeat(sky.levels, 7, axis=1)) if cell.calendar else _steady(sky)
    dropped = dice.exponential(_DROPPED_AFTER_DAYS, many)
    return Lives(cell, begun.team, begun.entered, change, work, dropped, pace)


def verdicts(dice: np.random.Generator, chances: Floats) -> tuple[Flags, Floats]:
    """Which attempts are rejected, and days to the verdict; a rejection comes sooner."""
    many = len(chances)
    is_rejected: Flags = dice.uniform(size=many) < chances
    median = np.where(is_rejected, _REJECTED_DAYS, _ACCEPTED_DAYS)
    return is_rejected, np.minimum(median * dice.lognormal(0, _DELAY_SD, many), _LATEST_DAYS)


def ramp(cell: Cell, since: Floats) -> Floats:
    """How much of the effect is there, so many days after the change."""
    if cell.washout_weeks == 0:
        return (since >= 0).astype(np.float64)
    grown: Floats = np.clip(since / (7 * cell.washout_weeks), 0.0, 1.0)
    return grown


def _steady(sky: Weather) -> Floats:
    return np.ones((sky.levels.shape[0], 7 * sky.levels.shape[1]))


def _on_clocks(team: NDArray[np.int64], entered: Floats, work: Floats, pace: Floats) -> Floats:
    """Days until the work is done when the clock of each team runs faster and slower."""
    lasted = np.empty_like(work)
    days = np.arange(pace.shape[1] + 1, dtype=np.float64)
    for one in np.unique(team):
        items = team == one
        clock = np.concatenate([[0.0], np.cumsum(pace[one])])
        until = np.interp(entered[items], days, clock) + work[items]
        # Behind the last week the clock runs on as in that week.
        beyond = np.maximum(0.0, until - clock[-1]) / pace[one, -1]
        lasted[items] = np.interp(until, clock, days) + beyond - entered[items]
    return lasted


def _noise(dice: np.random.Generator, family: Noise, many: int) -> Floats:
    """What nobody knows of an item; each family with a median of about one."""
    if family == "gamma":
        return dice.gamma(1.2, 1.1, many)
    if family == "weibull":
        short, long = dice.weibull(0.9, many) * 1.1, dice.weibull(1.6, many) * 3.5
        return np.where(dice.uniform(size=many) < _QUICK, short, long)
    usual = dice.lognormal(0.0, 0.9, many)
    if family == "mixture":
        return np.where(dice.uniform(size=many) < _LONG, usual * 5, usual)
    return usual
