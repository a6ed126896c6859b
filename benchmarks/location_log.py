"""What a tracker writes down of the lives of items: clicks of people, with what they changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np

from benchmarks.location_fates import MONTHS
from benchmarks.location_flow import calendar_days
from benchmarks.location_life import (
    APPROVAL,
    BUILDING,
    ENGINEERING,
    LEADERSHIP,
    PRODUCT,
    RELEASED,
    SCOPE,
    SHAPING,
    WONT_DO,
    Step,
)
from benchmarks.location_teams import MONTH

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
"""A Monday."""
SNAPSHOT_DAYS = float(calendar_days(np.array(MONTHS * MONTH)))
TYPES = ("Story", "Bug", "Task")
SHARED_ROLES = {LEADERSHIP: 3, APPROVAL: 6}
TEAM_ROLES = {PRODUCT: 2, ENGINEERING: 5}
"""How many people there are of each role: in the organisation, and in each team."""
ENDED = (RELEASED, WONT_DO)
SCOPE_FIELDS = ("Acceptance Criteria", "description")
_TYPOS = 0.05


@dataclass(frozen=True, slots=True)
class Click:
    """What somebody changed in one go."""

    at: float
    """Calendar days since the beginning."""
    actor: str
    edits: tuple[tuple[str, str], ...]
    """Field and new value."""

    @property
    def status(self) -> str | None:
        """The status it moves the item to, if any."""
        return dict(self.edits).get("status")


@dataclass(frozen=True, slots=True)
class Ticket:
    """An item as the tracker has it; its clicks are in the order of time."""

    number: int
    team: int
    item_type: str
    born_at: float
    status: str
    """In which it was created."""
    clicks: tuple[Click, ...]

    def with_clicks(self, clicks: Sequence[Click]) -> "Ticket":
        """The same with other clicks, in whatever order."""
        return replace(self, clicks=tuple(sorted(clicks, key=lambda one: one.at)))


def instant(days: float) -> datetime:
    """The instant so many calendar days after the beginning, to the second."""
    return BEGIN + timedelta(seconds=round(86_400 * days))


def people(count: int) -> Iterator[tuple[str, str]]:
    """Everybody in an organisation of so many teams, with the role each has."""
    for role, many in SHARED_ROLES.items():
        yield from ((f"{role}-{place}", role) for place in range(many))
    for team in range(count):
        for role, many in TEAM_ROLES.items():
            yield from ((f"{role}-{team}-{place}", role) for place in range(many))


def tickets(dice: np.random.Generator, lives: Sequence[Sequence[Sequence[Step]]]) -> list[Ticket]:
    """The items of all teams in the order of their creation, as they stand at the snapshot."""
    found = [_ticket(dice, team, life) for team, of_team in enumerate(lives) for life in of_team]
    found.sort(key=lambda one: (one.born_at, one.team))
    return [replace(one, number=number) for number, one in enumerate(found, start=1)]


def _ticket(dice: np.random.Generator, team: int, life: Sequence[Step]) -> Ticket:
    days = calendar_days(np.array([step.at for step in life])).tolist()
    clicks = [
        *_moves(dice, team, life, days),
        *_written(dice, team, life, days),
    ]
    born = Ticket(0, team, TYPES[int(dice.integers(len(TYPES)))], days[0], SHAPING, ())
    return born.with_clicks([one for one in clicks if one.at < SNAPSHOT_DAYS])


def _moves(
    dice: np.random.Generator, team: int, life: Sequence[Step], days: Sequence[float]
) -> Iterator[Click]:
    """What moved it, and what changed its scope."""
    for step, at in zip(life[1:], days[1:], strict=True):
        actor = somebody(dice, team, step.role)
        if step.word == SCOPE:
            field = SCOPE_FIELDS[int(dice.integers(2))]
            yield Click(at, actor, ((field, f"Something else, since day {at:.2f}"),))
        else:
            yield Click(at, actor, (("status", step.word), *_beside(step, actor)))


def _beside(step: Step, actor: str) -> Iterator[tuple[str, str]]:
    """What is changed with the click that moves an item."""
    if step.word == BUILDING and step.role == ENGINEERING:
        yield "assignee", actor
    if step.word in ENDED:
        yield "resolution", "Fixed" if step.word == RELEASED else "Won't Do"


def _written(
    dice: np.random.Generator, team: int, life: Sequence[Step], days: Sequence[float]
) -> Iterator[Click]:
    """What is written while it is thought out, and now and then a slip of the pen put right."""
    for (step, _), (since, until) in zip(pairwise(life), pairwise(days), strict=True):
        at = since + float(dice.random()) * (until - since)
        is_slip = step.word == BUILDING and dice.random() < _TYPOS
        if step.word == SHAPING or is_slip:
            actor = somebody(dice, team, ENGINEERING if is_slip else PRODUCT)
            field = SCOPE_FIELDS[int(dice.integers(2))]
            yield Click(at, actor, ((field, f"As of day {at:.2f}"),))


def somebody(dice: np.random.Generator, team: int, role: str) -> str:
    """One of those who have a role."""
    if role in SHARED_ROLES:
        return f"{role}-{dice.integers(SHARED_ROLES[role])}"
    return f"{role}-{team}-{dice.integers(TEAM_ROLES[role])}"
