"""Organisations in which it is known whether a rule, a seat or a person is the cause.

Made without a look at how causes are estimated. Two people hold the two sides of each team's seat;
they are replaced on any day, by somebody from outside or by a colleague of the same side, whose own
seat is then refilled. Everything differs a little as a matter of course: teams, people, months, and
the months of a team one after the other. One thing is planted, or nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal
from zlib import crc32

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import expit, logit

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Planted = Literal[
    "nothing", "rule", "joint decision", "seat", "person", "rule and person", "never changed seat"
]

PLANTED: tuple[Planted, ...] = (
    "nothing",
    "rule",
    "joint decision",
    "seat",
    "person",
    "rule and person",
    "never changed seat",
)
EXPOSURES = ("dor_size", "dor_owner", "dor_scope", "deciders_above_one", "approvals", "scope_added")
_USUAL_SHARES = (0.40, 0.20, 0.25, 0.33, 0.30, 0.15)
_KINDS = ("feature", "fix", "chore")
_OF_KIND = (0.0, -0.3, 0.2)
_DAYS = 30
_BEGIN = date(2024, 1, 1)
_ALIKE = 0.9
_TENURE = (5, 20)
"""Months in seats of a planted person."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of organisation, and what is planted in it."""

    name: str
    planted: Planted
    is_binary: bool = False
    teams: tuple[int, int] = (10, 10)
    """Fewest and most."""
    months: int = 18
    per_month: float = 12.0
    """Items of a team, negative binomial."""
    changes: float = 1.5
    """Of the holder of a side, on average over the window."""
    movers: float = 0.4
    """Share of the refilled sides that go to a colleague."""
    rule: float = 1.0
    cause: float = 1.2
    """Of a seat or a person; on the logarithm, or on the logit of a rate."""
    noise: float = 1.0
    shock: float = 0.2
    memory: float = 0.6
    common: float = 0.15
    people: float = 0.07
    between: float = 0.15
    """Standard deviation of teams."""
    level: float = 0.20
    """Of a rate."""
    wrong: float = 0.0
    """Share of items whose sender, and whose receiver, is recorded wrongly."""
    unequal: float = field(default=0.0, repr=False)
    """Standard deviation of the logarithm of how many items a team has. No part of the seed: the
    same organisation has other sizes."""


@dataclass(frozen=True, slots=True)
class World:
    """What a tracker would show, and what is true."""

    attempts: pl.DataFrame
    is_binary: bool
    cause: str | None
    """The team or the person planted."""
    rule_excess: float
    """What the average item would be spared without the planted rule."""
    cause_excess: float
    """And without the planted seat or person."""
    identifiable: bool
    """Whether no seat held as the planted person did, or no person as the planted seat."""


def cells() -> Iterator[Cell]:
    """Each cause in each kind of organisation, and some where all differ twice as much."""
    for planted in PLANTED:
        yield Cell(f"{planted}, 10 teams", planted)
        yield Cell(f"{planted}, 3-6 teams", planted, teams=(3, 6))
        yield Cell(f"{planted}, 10 teams, labels", planted, wrong=0.15)
        yield Cell(f"{planted}, 10 teams, rate", planted, is_binary=True)
        yield Cell(f"{planted}, 3-6 teams, rate", planted, teams=(3, 6), is_binary=True)
        yield Cell(f"{planted}, 10 teams, labels, rate", planted, wrong=0.15, is_binary=True)
        usual = Cell(f"{planted}, 10 teams, restless", planted)
        yield replace(usual, between=0.3, people=0.15, shock=0.3)
        yield Cell(f"{planted}, 10 teams, unequal", planted, unequal=1.2)


def world(cell: Cell, seed: int) -> World:
    """Make one; equal seeds make equal ones."""
    dice = np.random.default_rng([seed, crc32(repr(replace(cell, name="")).encode())])
    teams = int(dice.integers(cell.teams[0], cell.teams[1] + 1))
    while True:
        holders = _holders(dice, cell, teams)
        chosen = _chosen(dice, cell, holders)
        if chosen is not None:
            break
    mean = np.full((teams, cell.months), cell.per_month)
    if cell.unequal:
        mean *= np.exp(dice.normal(0, cell.unequal, (teams, 1)))
    size = dice.negative_binomial(4, 4 / (4 + mean))
    team, month = (np.repeat(axis.ravel(), size.ravel()) for axis in np.indices(size.shape))
    day = month * _DAYS + dice.integers(0, _DAYS, size=len(month))
    who = holders[:, team, day]
    exposed = _exposed(dice, team, month, who[0])
    kind = dice.choice(3, size=len(team), p=(0.5, 0.3, 0.2))
    usual = _usual(dice, cell, teams, int(holders.max()) + 1)
    latent = usual[0][team, month] + usual[1][who].sum(axis=0) + np.take(_OF_KIND, kind)
    of_rule, of_cause = _planted(cell, chosen, exposed, team, who)
    latent = latent + of_rule + of_cause
    label, identifiable = _truth(cell, chosen, holders)
    value = _valued(dice, cell, latent)
    recorded = _mislabelled(dice, cell, who, team)
    return World(
        _told(team, month, recorded, kind).with_columns(
            pl.Series("value", value),
            *(pl.Series(name, met) for name, met in zip(EXPOSURES, exposed.T, strict=True)),
        ),
        cell.is_binary,
        label,
        _spared(cell, latent, of_rule),
        _spared(cell, latent, of_cause),
        identifiable,
    )


def _holders(dice: np.random.Generator, cell: Cell, teams: int) -> Integers:
    """Who holds each side of each team on each day (2, teams, days)."""
    days = cell.months * _DAYS
    holders = np.zeros((2, teams, days), dtype=np.int64)
    holders[0], holders[1] = np.arange(teams)[:, None], teams + np.arange(teams)[:, None]
    latest = 2 * teams
    # A colleague who moves leaves a seat to be refilled: a change more.
    rate = cell.changes / (1 + cell.movers) / days
    for day in range(1, days):
        for side, team in np.argwhere(dice.uniform(size=(2, teams)) < rate):
            others = np.delete(np.arange(teams), team)
            if len(others) and dice.uniform() < cell.movers:
                left = dice.choice(others)
                holders[side, team, day:] = holders[side, left, day]
                holders[side, left, day:] = latest
            else:
                holders[side, team, day:] = latest
            latest += 1
    if cell.planted == "never changed seat":
        side, team = dice.integers(2), dice.integers(teams)
        holders[side, team] = latest
    return holders


def _chosen(dice: np.random.Generator, cell: Cell, holders: Integers) -> int | None:
    """The planted team or person; -1 for neither, None where there is nobody to plant."""
    if cell.planted == "seat":
        return int(dice.integers(holders.shape[1]))
    if cell.planted == "never changed seat":
        return int(holders.max())
    if "person" not in cell.planted:
        return -1
    people, days = np.unique(holders, return_counts=True)
    months = days / _DAYS
    fit = people[(months >= _TENURE[0]) & (months <= _TENURE[1])]
    return int(dice.choice(fit)) if len(fit) else None


def _exposed(
    dice: np.random.Generator, team: Integers, month: Integers, sender: Integers
) -> Floats:
    """What each item met (n, exposures): it depends on team, month and sender."""
    shares = logit(np.array(_USUAL_SHARES))
    many = len(shares)
    of_team = dice.normal(0, 0.5, (int(team.max()) + 1, many))
    of_month = dice.normal(0, 0.2, (int(month.max()) + 1, many))
    of_sender = dice.normal(0, 0.5, (int(sender.max()) + 1, many))
    chance = expit(shares + of_team[team] + of_month[month] + of_sender[sender])
    exposed: Floats = (dice.uniform(size=chance.shape) < chance).astype(np.float64)
    return exposed


def _usual(dice: np.random.Generator, cell: Cell, teams: int, people: int) -> tuple[Floats, Floats]:
    """By how much teams and months (teams, months) and people (people,) differ anyway."""
    fresh = dice.normal(size=(teams, cell.months))
    shocks = fresh.copy()
    for month in range(1, cell.months):
        kept = cell.memory * shocks[:, month - 1]
        shocks[:, month] = kept + np.sqrt(1 - cell.memory**2) * fresh[:, month]
    level = cell.shock * shocks + dice.normal(0, cell.common, cell.months)
    of_team = dice.normal(0, cell.between, (teams, 1))
    return level + of_team, dice.normal(0, cell.people, people)


def _planted(
    cell: Cell, chosen: int, exposed: Floats, team: Integers, who: Integers
) -> tuple[Floats, Floats]:
    """What the rule and what the seat or the person adds to each item."""
    rule, cause = np.zeros(len(team)), np.zeros(len(team))
    if "rule" in cell.planted:
        rule += cell.rule * exposed[:, EXPOSURES.index("dor_size")]
    if cell.planted == "joint decision":
        rule += cell.rule * exposed[:, EXPOSURES.index("deciders_above_one")]
    if cell.planted == "seat":
        cause += cell.cause * (team == chosen)
    if "person" in cell.planted or cell.planted == "never changed seat":
        cause += cell.cause * (who == chosen).any(axis=0)
    return rule, cause


def _spared(cell: Cell, latent: Floats, added: Floats) -> float:
    if not cell.is_binary:
        return float(added.mean())
    level = logit(cell.level)
    return float((expit(level + latent) - expit(level + latent - added)).mean())


def _valued(dice: np.random.Generator, cell: Cell, latent: Floats) -> Floats:
    if not cell.is_binary:
        valued: Floats = 2.0 + latent + dice.normal(0, cell.noise, len(latent))
        return valued
    chance = expit(logit(cell.level) + latent)
    drawn: Floats = (dice.uniform(size=len(latent)) < chance).astype(np.float64)
    return drawn


def _mislabelled(dice: np.random.Generator, cell: Cell, who: Integers, team: Integers) -> Integers:
    """As recorded: the holder of the other side, anybody, or nobody (-1) instead."""
    recorded = who.copy()
    people = int(who.max()) + 1
    for side in range(2):
        wrong = dice.uniform(size=len(team)) < cell.wrong
        instead = np.stack(
            [who[1 - side], dice.integers(0, people, len(team)), np.full(len(team), -1)]
        )
        which = dice.choice(3, size=len(team), p=(0.5, 0.25, 0.25))
        recorded[side] = np.where(wrong, instead[which, np.arange(len(team))], who[side])
    return recorded


def _truth(cell: Cell, chosen: int, holders: Integers) -> tuple[str | None, bool]:
    """The name of the cause, and whether a seat and a person look different in it."""
    if chosen < 0:
        return None, True
    if cell.planted == "seat":
        seat = (np.arange(holders.shape[1]) == chosen)[:, None] & np.ones(holders.shape[2:], bool)
        rivals = [(holders == one).any(axis=0) for one in np.unique(holders[:, chosen])]
        return _team(chosen), max(_likeness(seat, one) for one in rivals) <= _ALIKE
    held = (holders == chosen).any(axis=0)
    seats = [np.zeros_like(held) for _ in range(len(held))]
    for team, seat in enumerate(seats):
        seat[team] = True
    return _person(chosen), max(_likeness(held, seat) for seat in seats) <= _ALIKE


def _likeness(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def _team(number: int) -> str:
    return f"team {number:02}"


def _person(number: int) -> str:
    return f"person {number:03}"


def _told(team: Integers, month: Integers, who: Integers, kind: Integers) -> pl.DataFrame:
    first = [date(_BEGIN.year + place // 12, place % 12 + 1, 1) for place in range(month.max() + 1)]
    named = [[_person(one) if one >= 0 else None for one in side] for side in who]
    return pl.DataFrame(
        {
            "team": [_team(one) for one in team],
            "month": [first[one] for one in month],
            "sender": named[0],
            "receiver": named[1],
            "kind": [_KINDS[one] for one in kind],
        }
    )
