"""Organisations with a change whose effect is known, richer than any estimator supposes.

Written from the ways of work and not from a model of it: teams of unlike size, epics that last for
weeks and share a fate, weekly shocks of several families that an organisation and its teams have,
drift, seasons, work that changes its mix, and changes that are made when things are bad.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import expit, logit

from benchmarks.effect_cells import Cell, Noise, Shocks

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

BEGIN = datetime(2023, 1, 2, tzinfo=UTC)
"""A Monday."""
FOLLOW_UP_DAYS = 91
"""From the end of the last week to the snapshot: by then a week of durations is mature."""
VERDICT_DAYS = 21
_TYPES = ("Story", "Bug", "Task")
_OF_TYPE = np.array([0.1, -0.6, 0.0])
_MEDIAN_DAYS = 12.0
_EPIC_WEEKS = 8
_DROPPED = 0.08
_MANY = 20_000
_WEEKS = 52
_LONG = 0.12
"""Share of items that take four times as long, in the mixture."""


@dataclass(frozen=True, slots=True)
class World:
    """What a tracker would show, and what is true."""

    cell: Cell
    items: pl.DataFrame
    """item_id, parent_id, team, item_type, entered_at, ended_at (null while open), end (0 open, 1
    done or rejected, 2 dropped or accepted)."""
    as_of: datetime
    changed_on: date
    treated: tuple[str, ...]
    comparison: tuple[str, ...]
    _usual: Floats
    """Draws of what new work of the changed teams would have been without the change."""
    _changed: Floats
    """And with it: the same draws."""

    def true_effect(self, horizon_days: float) -> float:
        """Logarithm of the ratio of restricted means, or the difference of shares."""
        if self.cell.kind == "share":
            return float(self._changed.mean() - self._usual.mean())
        means = [np.minimum(days, horizon_days).mean() for days in (self._changed, self._usual)]
        return float(np.log(means[0] / means[1]))


def world(cell: Cell, seed: int) -> World:
    """Make one; equal seeds make equal ones."""
    dice = np.random.default_rng(seed)
    weeks = cell.weeks_before + cell.weeks_after + cell.washout_weeks
    spare = 40 if cell.bad_quarter else 0
    teams = cell.teams + cell.controls
    common = _shocks(dice, cell.shocks, weeks + spare, cell.rho, cell.common)
    own = np.stack(
        [_shocks(dice, cell.shocks, weeks + spare, cell.rho, cell.own) for _ in range(teams)]
    )
    first = _worst(common + own[: cell.teams].mean(axis=0), cell) if cell.bad_quarter else 0
    shocks = (common + own)[:, first : first + weeks] + _trends(dice, cell, weeks, teams)
    counts = _counts(dice, cell, weeks, teams)
    return _told(dice, cell, shocks, counts)


def _shocks(dice: np.random.Generator, family: Shocks, weeks: int, rho: float, sd: float) -> Floats:
    """A stationary series of one family (but for the walk), of about that standard deviation."""
    burn = 60
    steps = (
        dice.standard_t(3, weeks + burn) if family == "heavy" else dice.normal(size=weeks + burn)
    )
    if family == "walk":
        return sd * np.cumsum(steps[burn:]) / np.sqrt(weeks / 2)
    if family == "average":
        series = np.convolve(steps, np.ones(5), mode="full")[: weeks + burn]
    else:
        series = np.zeros(weeks + burn)
        moving = 0.5 if family == "arma" else 0.0
        for place in range(1, weeks + burn):
            series[place] = rho * series[place - 1] + steps[place] - moving * steps[place - 1]
    kept = series[burn:]
    usual = {
        "ar": 1 / (1 - rho**2),
        "arma": 1 + (rho - 0.5) ** 2 / (1 - rho**2),
        "average": 5.0,
        "heavy": 3 / (1 - rho**2),
    }[family]
    shocked: Floats = sd * kept / np.sqrt(usual)
    return shocked


def _worst(series: Floats, cell: Cell) -> int:
    """Where to begin so that the eight weeks before the change are the worst there are."""
    starts = range(len(series) - (cell.weeks_before + cell.weeks_after + cell.washout_weeks))
    recent = [
        series[one + cell.weeks_before - 8 : one + cell.weeks_before].mean() for one in starts
    ]
    return int(np.argmax(recent))


def _trends(dice: np.random.Generator, cell: Cell, weeks: int, teams: int) -> Floats:
    path = np.linspace(-0.5, 0.5, weeks)
    wave = np.sin(2 * np.pi * (np.arange(weeks) / 52.18 + dice.uniform()))
    trend = np.tile(cell.drift * path + cell.season * wave, (teams, 1))
    trend[: cell.teams] += cell.own_drift * path
    return trend


def _counts(dice: np.random.Generator, cell: Cell, weeks: int, teams: int) -> Integers:
    """How much begins in each team and week: more variable than by chance, less at year's end."""
    sizes = np.ones(teams)
    if cell.uneven:
        sizes[[0, cell.teams]] = 3.0
    share = sizes / sizes[: cell.teams].sum()
    expected = np.outer(share, np.full(weeks, cell.per_month * 12 / 52.18))
    expected[: cell.teams, cell.weeks_before :] *= cell.volume
    expected[:, np.arange(weeks) % _WEEKS == _WEEKS - 1] *= 0.3
    return dice.negative_binomial(4, 4 / (4 + expected)).astype(np.int64)


def _told(dice: np.random.Generator, cell: Cell, shocks: Floats, counts: Integers) -> World:
    teams, weeks = counts.shape
    team = np.repeat(np.arange(teams), counts.sum(axis=1))
    week = np.concatenate([np.repeat(np.arange(weeks), row) for row in counts])
    many = len(team)
    kinds = _kinds(dice, cell, team, week)
    epic, fate = _epics(dice, cell, team, week)
    usual = shocks[team, week] + fate + _OF_TYPE[kinds] * (0.5 if cell.kind == "share" else 1.0)
    shift = np.where(team < cell.teams, cell.effect * _ramp(cell, week), 0.0)
    entered = week * 7 + dice.uniform(0, 7, many)
    follow_up = VERDICT_DAYS if cell.kind == "share" else FOLLOW_UP_DAYS
    as_of = weeks * 7.0 + follow_up
    if cell.kind == "share":
        counted = dice.uniform(size=many) < expit(logit(cell.level) + usual + shift)
        lasted = dice.lognormal(0.7, 0.8, many)
    else:
        counted = dice.uniform(size=many) > _DROPPED
        lasted = _MEDIAN_DAYS * np.exp(usual + shift) * _noise(dice, cell.noise, many)
    ended = entered + lasted
    items = pl.DataFrame(
        {
            "item_id": [f"item-{number}" for number in range(many)],
            "parent_id": [f"epic-{number}" for number in epic],
            "team": [_name(cell, number) for number in team],
            "item_type": [_TYPES[number] for number in kinds],
            "entered_at": entered,
            "ended_at": np.where(ended < as_of, ended, np.nan),
            "end": np.where(ended < as_of, np.where(counted, 1, 2), 0),
        }
    ).with_columns(_instant("entered_at"), _instant("ended_at"))
    return World(
        cell,
        items,
        BEGIN + timedelta(days=as_of),
        (BEGIN + timedelta(weeks=cell.weeks_before)).date(),
        tuple(_name(cell, number) for number in range(cell.teams)),
        tuple(_name(cell, number) for number in range(cell.teams, teams)),
        *_truth(dice, cell, shocks),
    )


def _instant(column: str) -> pl.Expr:
    days = pl.col(column).fill_nan(None)
    return (pl.lit(BEGIN) + pl.duration(microseconds=(days * 86_400e6).cast(pl.Int64))).alias(
        column
    )


def _name(cell: Cell, number: int) -> str:
    return f"T{number}" if number < cell.teams else f"C{number - cell.teams}"


def _kinds(dice: np.random.Generator, cell: Cell, team: Integers, week: Integers) -> Integers:
    small = np.full(len(team), 0.25)
    if cell.mix_shift:
        grows = 0.35 * week / max(1, week.max())
        small = small + np.where(team < cell.teams, grows, 0.0)
    drawn = dice.uniform(size=len(team))
    return np.where(drawn < small, 1, np.where(drawn < small + 0.2, 2, 0)).astype(np.int64)


def _epics(
    dice: np.random.Generator, cell: Cell, team: Integers, week: Integers
) -> tuple[Integers, Floats]:
    """The epic of each item and its fate: several at a time in each team, each for some weeks."""
    at_a_time = max(2, round(cell.per_month / cell.teams / 6))
    era = (week + 3 * team) // _EPIC_WEEKS
    place = dice.integers(0, at_a_time, len(team))
    epic = (team * 1000 + era) * 100 + place
    _, number = np.unique(epic, return_inverse=True)
    fates = dice.normal(0, cell.epics, number.max() + 1 if len(number) else 0)
    return epic, fates[number]


def _ramp(cell: Cell, week: Integers) -> Floats:
    since = week - cell.weeks_before + 1
    return np.clip(since / max(1, cell.washout_weeks), 0.0, 1.0) * (since > 0)


def _noise(dice: np.random.Generator, family: Noise, many: int) -> Floats:
    if family == "gamma":
        return dice.gamma(1.1, 1.3, many)
    if family == "weibull":
        return dice.weibull(0.85, many) * 1.2
    usual = dice.lognormal(0.0, 0.9, many)
    if family == "mixture":
        return np.where(dice.uniform(size=many) < _LONG, usual * 4, usual * 0.9)
    return usual


def _truth(dice: np.random.Generator, cell: Cell, shocks: Floats) -> tuple[Floats, Floats]:
    """New work of the changed teams once the change is in force, without and with its effect."""
    since = cell.weeks_before + cell.washout_weeks
    settled = shocks[: cell.teams, since:]
    drawn = settled.ravel()[dice.integers(0, settled.size, _MANY)]
    kinds = dice.choice(3, _MANY, p=[0.55, 0.25, 0.2])
    half = 0.5 if cell.kind == "share" else 1.0
    usual = drawn + dice.normal(0, cell.epics, _MANY) + _OF_TYPE[kinds] * half
    if cell.kind == "share":
        return expit(logit(cell.level) + usual), expit(logit(cell.level) + usual + cell.effect)
    lasted = _MEDIAN_DAYS * np.exp(usual) * _noise(dice, cell.noise, _MANY)
    return lasted, lasted * np.exp(cell.effect)
