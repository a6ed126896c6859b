"""Generated organisations: some dozens of items that move, slip, bounce and end at random.

They are drawn in the words of a tracker (:mod:`tests.pipelines.generated_tickets`,
:mod:`tests.pipelines.generated_reviews`, :mod:`tests.pipelines.generated_releases`); from these
follow the frames of ``core``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate, chain
from typing import Any, TypeVar

from hypothesis import strategies as st

from roadworthy.stages.core_frames import Core
from tests.pipelines.core_shapes import SHAPES
from tests.pipelines.frames import frame
from tests.pipelines.generated_policy import (
    CODE,
    JIRA,
    MONDAY,
    PEOPLE,
    POLICY,
    SNAPSHOT,
    STATUSES,
    held_roles,
)
from tests.pipelines.generated_releases import RELEASES, Release, sprint_rows, version_rows
from tests.pipelines.generated_reviews import PULLS, Pull
from tests.pipelines.generated_tickets import DAYS, RELATING, TICKETS, Edit, Step, Ticket
from tests.pipelines.told_reviews import ToldPull
from tests.pipelines.told_tickets import ToldTicket

_DAY = 24 * 60
LAST_MINUTE = 2**31
"""Later than anything that happens; a snapshot is no later than that of the organisation."""

Life = TypeVar("Life", Ticket, Pull)


@dataclass(frozen=True, slots=True)
class Organisation:
    """What there is, and what happened to it."""

    tickets: tuple[Ticket, ...]
    pulls: tuple[Pull, ...]
    releases: tuple[Release, ...]


@dataclass(frozen=True, slots=True)
class World:
    """An organisation, and what is done to it to see what changes by that."""

    organisation: Organisation
    another: Ticket | Pull
    """An item that has nothing to do with the others."""
    weeks: int
    minute: int
    number: int

    def __repr__(self) -> str:
        """In short: a world is too large to be read, and the same number draws it again."""
        one = self.organisation
        return f"<world {self.number}: {len(one.tickets)} tickets, {len(one.pulls)} pulls>"

    @property
    def then(self) -> datetime:
        """An instant before the snapshot."""
        return MONDAY + timedelta(minutes=self.minute)

    def with_another(self) -> tuple[Organisation, str]:
        """The organisation and the other item, and the id that one has in it."""
        one, other = self.organisation, self.another
        if isinstance(other, Pull):
            told = ToldPull(len(one.pulls) + 1, other, timedelta())
            return replace(one, pulls=(*one.pulls, other)), told.item_id
        ticket = ToldTicket(len(one.tickets) + 1, other, timedelta())
        return replace(one, tickets=(*one.tickets, other)), ticket.item_id


def _alone(ticket: Ticket) -> Ticket:
    """The same life without what brings it together with others."""
    steps = tuple(replace(step, edits=_unrelated(step.edits)) for step in ticket.steps)
    return replace(ticket, place="whole", first=_unrelated(ticket.first), steps=steps)


def _unrelated(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    return tuple(edit for edit in edits if edit[0] not in RELATING)


def _swept(ticket: Ticket, minute: int, edit: Edit) -> Ticket:
    """The same life with one edit more, at a minute at which all others have it too."""
    gap, before = minute - ticket.born_minute, list[Step]()
    for step in ticket.steps:
        if step.minutes > gap:
            break
        gap -= step.minutes
        before.append(step)
    after = ticket.steps[len(before) :]
    sooner = [replace(step, minutes=step.minutes - gap) for step in after[:1]]
    return replace(ticket, steps=(*before, Step(gap, "max", (edit,)), *sooner, *after[1:]))


def _all_swept(tickets: tuple[Ticket, ...], minute: int, edit: Edit | None) -> tuple[Ticket, ...]:
    return tickets if edit is None else tuple(_swept(one, minute, edit) for one in tickets)


# Enough of them for a bulk edit, which half of the organisations have.
_TICKETS = st.builds(
    _all_swept,
    st.lists(TICKETS, min_size=22, max_size=28).map(tuple),
    st.integers(31 * _DAY, 60 * _DAY),
    st.sampled_from(
        (None, None, None, ("priority", "Low"), ("duedate", DAYS[6]), ("status", "Ready"))
    ),
)
_PULLS = st.lists(PULLS, min_size=8, max_size=12).map(tuple)
# One strategy for all properties, so that each organisation is computed once.
WORLDS = st.builds(
    World,
    st.builds(Organisation, _TICKETS, _PULLS, RELEASES),
    st.one_of(TICKETS.map(_alone), PULLS.map(lambda pull: replace(pull, ticket=None))),
    weeks=st.integers(1, 60),
    minute=st.integers(10 * _DAY, 90 * _DAY),
    number=st.integers(0, 2**16),
)


def core_of(organisation: Organisation, *, weeks_later: int = 0, minute: int = LAST_MINUTE) -> Core:
    """The frames a tracker with these items gives.

    Args:
        organisation: what there is.
        weeks_later: all stamps are moved by so many weeks.
        minute: the minute at which the tracker is asked; it knows of nothing that comes later.
    """
    later = timedelta(weeks=weeks_later)
    told: list[ToldTicket | ToldPull] = [
        *(ToldTicket(*one, later) for one in _known(organisation.tickets, minute)),
        *(ToldPull(*one, later) for one in _known(organisation.pulls, minute)),
    ]
    snapshot = min(MONDAY + timedelta(minutes=minute), SNAPSHOT) + later
    dates = chain(version_rows(organisation.releases, later), sprint_rows(later))
    rows: dict[str, Iterable[dict[str, Any]]] = {
        "sources": _sources(snapshot),
        "items": ({**one.item(), "observed_until": snapshot} for one in told),
        "field_changes": chain.from_iterable(one.changes for one in told),
        "field_values": chain.from_iterable(one.values() for one in told),
        "statuses": _statuses(),
        "release_dates": _seen_by(dates, snapshot),
        "actors": ({"actor_id": who, "is_bot": who == "bot"} for who in PEOPLE if who),
        "actor_roles": held_roles(later),
        "seat_holders": (),
        "activities": chain.from_iterable(one.activities for one in told),
        "item_links": chain.from_iterable(one.links for one in told),
    }
    return Core(**{name: frame(*found, **SHAPES[name]) for name, found in rows.items()})


def _known(lives: tuple[Life, ...], minute: int) -> Iterator[tuple[int, Life]]:
    """The lives that had begun by a minute, as far as they had come, under their numbers."""
    for number, life in enumerate(lives, start=1):
        ends = accumulate((step.minutes for step in life.steps), initial=life.born_minute)
        count = sum(one <= minute for one in ends)
        if count:
            yield number, replace(life, steps=life.steps[: count - 1])


def _sources(snapshot: datetime) -> Iterator[dict[str, Any]]:
    for source, tracker in ((JIRA, "jira"), (CODE, "github")):
        yield {"source": source, "tracker": tracker, "snapshot_at": snapshot}


def _seen_by(dates: Iterable[dict[str, Any]], snapshot: datetime) -> Iterator[dict[str, Any]]:
    """What had been seen of releases at a snapshot."""
    for row in dates:
        if row["valid_from"] <= snapshot:
            until = row.get("valid_until")
            yield {**row, "valid_until": until if until and until <= snapshot else None}


def _statuses() -> Iterator[dict[str, Any]]:
    categories = {"queue": "new", "done": "done"}
    for stage in POLICY.stages:
        for status in stage.statuses:
            known = {"source": JIRA, "status_id": str(STATUSES.index(status) + 1)}
            category = categories.get(stage.kind, "indeterminate")
            yield {**known, "status": status, "category": category}
