"""A team at work: items on their ways, engineers who do one thing at a time, and the calendar.

Teams share nobody, so that each can be simulated alone.
"""

from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import count
from math import floor

import numpy as np
from numpy.typing import NDArray

from benchmarks.location_fates import Fate
from benchmarks.location_life import WONT_DO, Customs, Step, Way, way
from benchmarks.location_teams import NORMAL, Rules, Team

Floats = NDArray[np.float64]

_WEEK = 5
_OPENS, _HOURS = 9, 8
_FEWEST = 0.5


class _Shop:
    """The engineers of a team, the items in their hands, and those that wait for them."""

    def __init__(self, engineers: float, phase: float) -> None:
        self._engineers, self._phase = max(engineers, _FEWEST), phase
        self._busy = 0
        self._order = count()
        self._agenda: list[tuple[float, int, Way | None]] = []
        self._waiting: list[tuple[float, int, Way]] = []
        self._bell = 0.0

    def run(self, ways: Sequence[Way]) -> None:
        """Send every item on its way, until all have ended."""
        for one in ways:
            _, at = next(one)
            self._call(at, one)
        while self._agenda:
            now, _, due = heappop(self._agenda)
            if due is not None:
                self._go_on(due, now)
            self._begin(now)

    def _call(self, at: float, one: Way | None) -> None:
        heappush(self._agenda, (at, next(self._order), one))

    def _go_on(self, one: Way, now: float) -> None:
        """Let an item go on until it has to wait for something."""
        try:
            kind, number = one.send(now)
            while kind == "free":
                self._busy -= 1
                kind, number = one.send(now)
        except StopIteration:
            return
        if kind == "until":
            self._call(number, one)
        else:
            heappush(self._waiting, (number, next(self._order), one))

    def _begin(self, now: float) -> None:
        """Give work to whoever has none; what is left waits at the latest for the next week."""
        while self._waiting and self._busy < self._present(now):
            self._busy += 1
            self._go_on(heappop(self._waiting)[2], now)
        monday = _WEEK * (now // _WEEK + 1)
        if self._waiting and self._bell < monday:
            self._bell = monday
            self._call(monday, None)

    def _present(self, now: float) -> int:
        """Engineers in this week: part of one means one who is there every few weeks."""
        week = now // _WEEK
        until = floor((week + 1) * self._engineers + self._phase)
        return until - floor(week * self._engineers + self._phase)


def lived(team: Team, rules: Rules, items: Sequence[Fate], asked_again: float) -> list[list[Step]]:
    """Everything that happens to each item of a team; all of them come to an end."""
    customs = Customs(rules, team.phase, asked_again)
    told: list[list[Step]] = [[] for _ in items]
    shop = _Shop(team.engineers * NORMAL.capacity / rules.capacity, team.phase)
    shop.run([way(*one) for one in zip(items, [customs] * len(items), told, strict=True)])
    return told


def lead_days(lives: Sequence[Sequence[Step]]) -> Floats:
    """Calendar days from the wish to the release, of what was released."""
    ends = [(one[0].at, one[-1].at) for one in lives if one[-1].word != WONT_DO]
    begun, over = calendar_days(np.array(ends).reshape(-1, 2)).T
    days: Floats = over - begun
    return days


def calendar_days(working: Floats) -> Floats:
    """Days since the Monday on which all began, of instants in working days."""
    day = np.floor(working)
    hour = _OPENS + _HOURS * (working - day)
    days: Floats = day + 2 * (day // _WEEK) + hour / 24
    return days
