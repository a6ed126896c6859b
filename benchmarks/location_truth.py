"""What is true of an organisation: how large its cause was planted, what removing each one saves.

The same items with the same luck are simulated again, and nothing but a cause differs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.location_cells import CAUSES, Cause, Cell
from benchmarks.location_fates import Fate, fates
from benchmarks.location_flow import lead_days, lived
from benchmarks.location_life import Step
from benchmarks.location_teams import Rules, Team, planted, removed, teams

_CLOSE_DAYS = 0.2
_FIRST, _STEPS = 0.05, 12


@dataclass(frozen=True, slots=True)
class Company:
    """Teams, their items, and who of them is slowed."""

    teams: tuple[Team, ...]
    items: tuple[list[Fate], ...]
    slowed: frozenset[int]
    asked_again: float

    def lives(self, rules: Sequence[Rules]) -> list[list[list[Step]]]:
        """What happens to each item of each team under these rules."""
        return [
            lived(*one, self.asked_again) for one in zip(self.teams, rules, self.items, strict=True)
        ]

    def lead_days(self, rules: Sequence[Rules]) -> float:
        """Mean days from the wish to the release."""
        return float(np.mean(np.concatenate([lead_days(one) for one in self.lives(rules)])))

    def of_slowed(self) -> "Company":
        """The teams that are slowed, alone."""
        chosen = [number for number in range(len(self.teams)) if number in self.slowed]
        return Company(
            tuple(self.teams[number] for number in chosen),
            tuple(self.items[number] for number in chosen),
            self.slowed,
            self.asked_again,
        )

    def rules(self, cause: Cause, amount: float) -> tuple[Rules, ...]:
        """Those of each team, with a cause planted where it is slowed."""
        return tuple(
            planted(team.usual, cause, amount) if team.number in self.slowed else team.usual
            for team in self.teams
        )


@dataclass(frozen=True, slots=True)
class Truth:
    """What each cause costs."""

    rules: tuple[Rules, ...]
    lead_days: float
    saved: dict[Cause, float]
    """Days per item by which the mean falls if the cause is set to what is normal."""

    @property
    def cause(self) -> Cause:
        """The one whose removal saves the most."""
        return max(self.saved, key=lambda cause: self.saved[cause])


def company(dice: np.random.Generator, cell: Cell) -> Company:
    """Draw an organisation as it is before anything is planted."""
    for_teams, for_reach, *for_items = dice.spawn(12)
    found = teams(for_teams)
    order = for_reach.permutation(len(found))
    reached = len(found) if cell.reach == "all" else len(found) // 2
    return Company(
        found,
        tuple(fates(for_items[team.number], team) for team in found),
        frozenset(order[:reached].tolist()),
        cell.asked_again,
    )


def truth(one: Company, cell: Cell) -> Truth:
    """Plant the cause, and remove each in turn."""
    rules = one.rules(cell.cause, _amount(one.of_slowed(), cell))
    lead = one.lead_days(rules)
    saved = {cause: lead - one.lead_days(removed(rules, cause)) for cause in CAUSES}
    return Truth(rules, lead, saved)


def _amount(slowed: Company, cell: Cell) -> float:
    """How large the cause must be for its removal to save the days of the cell."""
    if cell.days == 0:
        return 0.0
    without = slowed.lead_days(removed(slowed.rules(cell.cause, 0.0), cell.cause))

    def apart(amount: float) -> float:
        return slowed.lead_days(slowed.rules(cell.cause, amount)) - without - cell.days

    return _root(apart)


def _root(apart: Callable[[float], float]) -> float:
    """Where a rising function is nearly nought, in few calls: by chords, and halves now and then.

    Engineers come and go in whole weeks, so that it has small steps; near is good enough.
    """
    low, high, below, above = 0.0, _FIRST, apart(0.0), apart(_FIRST)
    while above < 0 and high < 1:
        low, high, below, above = high, min(2 * high, 1.0), above, apart(min(2 * high, 1.0))
    if above < 0:
        raise ValueError("the cause cannot be planted as large as its cell says")
    middle = high
    for step in range(_STEPS):
        part = 0.5 if step % 3 == 2 else -below / (above - below)  # noqa: PLR2004 - every third
        middle = low + part * (high - low)
        value = apart(middle)
        if abs(value) < _CLOSE_DAYS:
            break
        low, high, below, above = (
            (middle, high, value, above) if value < 0 else (low, middle, below, value)
        )
    return middle
