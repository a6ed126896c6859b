"""The faults of real logs, put into a clean one: what can be read of it is no longer the truth."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from benchmarks.location_life import (
    BUILDING,
    DECIDING,
    READY,
    REVIEW,
    SHAPING,
)
from benchmarks.location_log import ENDED, SCOPE_FIELDS, SNAPSHOT_DAYS, Click, Ticket

ADMIN, BOT = "admin", "bot"
RENAMED = " (old)"
"""What a status had at the end of its name before it was renamed."""
UNMAPPED, MISCLICKED, BOTTED, TRUNCATED, WRONG_ROLES = 0.05, 0.05, 0.3, 0.10, 0.15
_MINUTE = 1 / 1440
_SKEW_MINUTES = 3.0
_SHORT = 0.7
_SWEEP_SECONDS = 40
_OPEN = (SHAPING, DECIDING, READY, BUILDING, REVIEW)


def noisy(dice: np.random.Generator, clean: Sequence[Ticket]) -> list[Ticket]:
    """The same items with everything that people, bots and migrations do beside the work."""
    found = [_with_bot(dice, _misclicked(dice, one)) for one in clean]
    return [_renamed(dice, one) for one in _swept(dice, found)]


def _misclicked(dice: np.random.Generator, one: Ticket) -> Ticket:
    """Now and then somebody moves it where it does not belong, and back after minutes."""
    added = [
        click
        for before, after in pairwise(_moves(one))
        if dice.random() < MISCLICKED
        for click in _round_trip(dice, before, after)
    ]
    return one.with_clicks([*one.clicks, *added]) if added else one


def _moves(one: Ticket) -> list[Click]:
    return [click for click in one.clicks if click.status]


def _round_trip(dice: np.random.Generator, before: Click, after: Click) -> Iterator[Click]:
    longest = 4 if dice.random() < _SHORT else 60
    length = float(dice.uniform(1, longest)) * _MINUTE
    if before.status in ENDED or before.status is None or after.at - before.at < 2 * length:
        return
    begins = float(dice.uniform(before.at, after.at - length))
    others = [word for word in _OPEN if word != before.status]
    there = others[int(dice.integers(len(others)))]
    yield Click(begins, after.actor, (("status", there),))
    yield Click(begins + length, after.actor, (("status", before.status),))


def _with_bot(dice: np.random.Generator, one: Ticket) -> Ticket:
    """A bot sets priorities and tidies texts, at any time of day."""
    if dice.random() >= BOTTED:
        return one
    until = one.clicks[-1].at if one.clicks else SNAPSHOT_DAYS
    edits = (("priority", "High"), (SCOPE_FIELDS[1], "Tidied up"))
    added = [Click(float(dice.uniform(one.born_at, until)), BOT, (edit,)) for edit in edits]
    return one.with_clicks([*one.clicks, *added])


def _swept(dice: np.random.Generator, found: Sequence[Ticket]) -> Iterator[Ticket]:
    """An admin migrates what is open: to a wrong status and back; and on another day all texts."""
    moved, tidied = np.sort(dice.uniform(0.3, 0.9, 2)) * SNAPSHOT_DAYS
    hours = float(dice.uniform(1, 3)) / 24
    for one in found:
        second = float(dice.uniform(0, _SWEEP_SECONDS)) / 86_400
        added = list[Click]()
        status = status_at(one, moved + second)
        if _is_open(one, moved + second) and _is_open(one, moved + second + hours):
            later = status_at(one, moved + second + hours)
            added.append(Click(moved + second, ADMIN, (("status", SHAPING),)))
            if later == status:
                added.append(Click(moved + second + hours, ADMIN, (("status", status),)))
        if _is_open(one, tidied + second):
            added.append(Click(tidied + second, ADMIN, ((SCOPE_FIELDS[1], "In the new form"),)))
        yield one.with_clicks([*one.clicks, *added]) if added else one


def status_at(one: Ticket, at: float) -> str:
    """The status of an item at an instant."""
    told = [click.status for click in one.clicks if click.status and click.at <= at]
    return told[-1] if told else one.status


def _is_open(one: Ticket, at: float) -> bool:
    return one.born_at < at and status_at(one, at) not in ENDED


def _renamed(dice: np.random.Generator, one: Ticket) -> Ticket:
    """Some statuses of open work are called as they were once; no stage knows that name.

    Those of finished work keep their names: who has work that never ends maps that first.
    """
    clicks = [
        replace(click, edits=tuple(_old(dice, edit) for edit in click.edits))
        for click in one.clicks
    ]
    return replace(one, status=_old(dice, ("status", one.status))[1], clicks=tuple(clicks))


def _old(dice: np.random.Generator, edit: tuple[str, str]) -> tuple[str, str]:
    field, value = edit
    is_old = field == "status" and value not in ENDED and dice.random() < UNMAPPED
    return (field, value + RENAMED) if is_old else edit


def skew_days(dice: np.random.Generator) -> float:
    """By how much the clock of one person is wrong."""
    return float(dice.normal(0.0, _SKEW_MINUTES)) * _MINUTE


def lost(dice: np.random.Generator, one: Ticket) -> int:
    """How many of the first clicks of an item are missing."""
    if dice.random() >= TRUNCATED or not one.clicks:
        return 0
    return int(dice.integers(1, len(one.clicks) + 1))


def roles_as_declared(
    dice: np.random.Generator, true: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Everybody with a role; some have one that is not theirs."""
    words = sorted({role for _, role in true})
    wrong = round(WRONG_ROLES * len(true))
    chosen = set(dice.permutation(len(true))[:wrong].tolist())
    return [
        (who, _another(dice, role, words) if place in chosen else role)
        for place, (who, role) in enumerate(true)
    ]


def _another(dice: np.random.Generator, role: str, words: Sequence[str]) -> str:
    others = [word for word in words if word != role]
    return others[int(dice.integers(len(others)))]
