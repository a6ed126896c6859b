"""The teams of an organisation: what is normal, how each strays from it, what a cause does to one.

All times are working days of a team; five of them are a week.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from benchmarks.location_cells import Cause

MONTH = 21.75
"""Working days."""
ITEMS_A_MONTH = 80
WORK_DAYS = 3.2
"""Mean work on an item in development, before anything comes back."""
_FEWEST, _MOST = 4, 8
_STRAY = 0.2
"""Standard deviation of the logarithm by which a team strays from what is normal."""
_STRAY_OF_STAFF = 0.03
_WORK_AGAIN = 1.12


@dataclass(frozen=True, slots=True)
class Rules:
    """How one team works: a number for each cause."""

    decision: float
    """Mean wait for a decision."""
    approvals: float
    """Mean number of approvals, one after the other."""
    readiness: float
    """Chance that work taken up is not ready and goes back."""
    scope: float
    """Chance that what is wanted changes while it is built."""
    capacity: float
    """Load of the engineers: their work over what they have time for, if nothing is planted."""
    intake: float
    """Working days between two meetings at which work is taken up."""


NORMAL = Rules(decision=1.0, approvals=1.5, readiness=0.10, scope=0.08, capacity=0.66, intake=1.0)
"""What the organisation regards as normal, and what a cause is set to when it is removed."""
MOST = Rules(decision=40.0, approvals=12.0, readiness=0.90, scope=0.90, capacity=1.40, intake=40.0)
"""No cause is planted larger than that."""


_NAMES = tuple(field.name for field in fields(Rules))


@dataclass(frozen=True, slots=True)
class Team:
    """A team as it is without a planted cause."""

    number: int
    items_a_day: float
    engineers: float
    """At the normal load; the part behind the point is one who is only there every few weeks."""
    phase: float
    """At which part of the interval its meetings lie."""
    usual: Rules


def teams(dice: np.random.Generator) -> tuple[Team, ...]:
    """Draw the teams of an organisation, none of them like another."""
    count = int(dice.integers(_FEWEST, _MOST + 1))
    shares = dice.dirichlet(np.full(count, 12.0))
    return tuple(_team(dice, number, share) for number, share in enumerate(shares))


def _team(dice: np.random.Generator, number: int, share: float) -> Team:
    spread = np.array([_STRAY_OF_STAFF if name == "capacity" else _STRAY for name in _NAMES])
    stray = np.exp(dice.normal(0.0, spread)).tolist()
    a_day = float(share) * ITEMS_A_MONTH / MONTH
    return Team(
        number,
        a_day,
        # What comes back is work again, and colleagues read what is reviewed.
        engineers=a_day * WORK_DAYS * _WORK_AGAIN / NORMAL.capacity,
        phase=float(dice.random()),
        usual=Rules(*(getattr(NORMAL, name) * by for name, by in zip(_NAMES, stray, strict=True))),
    )


def planted(rules: Rules, cause: Cause, amount: float) -> Rules:
    """The rules with a cause made worse; amount: 0 as they are, 1 as bad as it can be."""
    usual, most = getattr(rules, cause), getattr(MOST, cause)
    return replace(rules, **{cause: usual + amount * (most - usual)})


def removed(rules: Sequence[Rules], cause: Cause) -> tuple[Rules, ...]:
    """The rules of all teams with a cause set to what is normal."""
    normal = {cause: getattr(NORMAL, cause)}
    return tuple(replace(one, **normal) for one in rules)
