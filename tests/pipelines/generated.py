"""Generated organisations: some dozens of items that move, slip, bounce and end at random.

They are drawn in the words of a tracker (:mod:`tests.pipelines.generated_tickets`,
:mod:`tests.pipelines.generated_reviews`); from these follow the frames of ``core``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain
from typing import Any

import polars as pl
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
from tests.pipelines.generated_reviews import PULLS, Pull
from tests.pipelines.generated_tickets import DAYS, RELATING, TICKETS, Edit, Step, Ticket
from tests.pipelines.told_reviews import ToldPull
from tests.pipelines.told_tickets import ToldTicket

_WEEK = 7 * 24 * 60
_SPRINTS = {"1": (7, 20), "2": (21, 34), "3": (35, 48)}
"""First and last day of each, counted from the Monday on which everything begins."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release as it was seen week after week: the day it was planned for, none where empty."""

    version_id: str
    name: str
    seen: tuple[str | None, ...]
    is_released: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """What there is, and what happened to it."""

    tickets: tuple[Ticket, ...]
    pulls: tuple[Pull, ...]
    releases: tuple[Release, ...]


@dataclass(frozen=True, slots=True)
class World:
    """An organisation, and what is done to it to see what changes."""

    organisation: Organisation
    another: Ticket | Pull
    """An item that has nothing to do with the others."""
    weeks: int
    minute: int
    number: int

    def with_another(self) -> Organisation:
        """The organisation and the other item."""
        one = self.organisation
        if isinstance(self.another, Pull):
            return replace(one, pulls=(*one.pulls, self.another))
        return replace(one, tickets=(*one.tickets, self.another))

    @property
    def another_id(self) -> str:
        """The id the other item has in it."""
        one = self.organisation
        if isinstance(self.another, Pull):
            return ToldPull(len(one.pulls) + 1, self.another, timedelta()).item_id
        return ToldTicket(len(one.tickets) + 1, self.another, timedelta()).item_id


def _swept(ticket: Ticket, minute: int, edit: Edit) -> Ticket:
    """The same life with an edit at one minute, by whoever edits everything at that minute."""
    gap, before = minute - ticket.born_minute, []
    for step in ticket.steps:
        if step.minutes > gap:
            break
        gap -= step.minutes
        before.append(step)
    if gap < 0:
        return ticket
    after = ticket.steps[len(before) :]
    after = tuple(replace(one, minutes=one.minutes - gap) for one in after[:1]) + after[1:]
    return replace(ticket, steps=(*before, Step(gap, "max", (edit,)), *after))


def _alone(ticket: Ticket) -> Ticket:
    """The same life without what brings it together with others."""
    steps = (
        replace(step, edits=tuple(edit for edit in step.edits if edit[0] not in RELATING))
        for step in ticket.steps
    )
    first = tuple(edit for edit in ticket.first if edit[0] not in RELATING)
    return replace(ticket, place="whole", first=first, steps=tuple(steps))


# Enough to make a bulk edit, which a third of the organisations have one of.
_MANY = st.lists(TICKETS, min_size=22, max_size=28).map(tuple)
_SWEEPS = st.sampled_from(
    (None, None, None, ("priority", "Low"), ("duedate", DAYS[6]), ("status", "Ready"))
)
_SWEPT = st.builds(
    lambda tickets, edit, minute: (
        tickets if edit is None else tuple(_swept(one, minute, edit) for one in tickets)
    ),
    _MANY,
    _SWEEPS,
    st.integers(30 * 24 * 60, 60 * 24 * 60),
)
_SEEN = st.lists(st.sampled_from((None, *DAYS[4:], *DAYS[4:])), min_size=2, max_size=16).map(tuple)
_RELEASES = st.tuples(
    *(
        st.builds(Release, st.just(version), st.just(name), _SEEN, st.booleans())
        for version, name in (("901", "1.0"), ("902", "2.0"))
    )
)
ORGANISATIONS = st.builds(
    Organisation, _SWEPT, st.lists(PULLS, min_size=8, max_size=12).map(tuple), _RELEASES
)
# One strategy for all properties, so that each organisation is computed once.
WORLDS = st.builds(
    World,
    ORGANISATIONS,
    st.one_of(TICKETS.map(_alone), PULLS.map(lambda pull: replace(pull, ticket=None))),
    st.integers(1, 60),
    st.integers(10 * 24 * 60, 90 * 24 * 60),
    st.integers(0, 2**16),
)


def core_of(organisation: Organisation, *, weeks_later: int = 0) -> Core:
    """The frames a tracker with these items gives, all stamps moved by a number of weeks."""
    later = timedelta(weeks=weeks_later)
    told = [
        *(ToldTicket(number, one, later) for number, one in enumerate(organisation.tickets, 1)),
        *(ToldPull(number, one, later) for number, one in enumerate(organisation.pulls, 1)),
    ]
    rows: dict[str, Iterator[dict[str, Any]]] = {
        "sources": _sources(later),
        "items": (one.item() for one in told),
        "field_changes": chain.from_iterable(one.changes for one in told),
        "field_values": chain.from_iterable(one.values() for one in told),
        "statuses": _statuses(),
        "release_dates": chain(_versions(organisation.releases, later), _sprints(later)),
        "actors": ({"actor_id": who, "is_bot": who == "bot"} for who in PEOPLE if who),
        "actor_roles": held_roles(later),
        "activities": chain.from_iterable(one.activities for one in told),
        "item_links": chain.from_iterable(one.links for one in told),
    }
    return Core(**{name: frame(*found, **SHAPES[name]) for name, found in rows.items()})


def _sources(later: timedelta) -> Iterator[dict[str, Any]]:
    for source, tracker in ((JIRA, "jira"), (CODE, "github")):
        yield {"source": source, "tracker": tracker, "snapshot_at": SNAPSHOT + later}


def _statuses() -> Iterator[dict[str, Any]]:
    categories = {"queue": "new", "done": "done"}
    for stage in POLICY.stages:
        for status in stage.statuses:
            known = {"source": JIRA, "status_id": str(STATUSES.index(status) + 1)}
            category = categories.get(stage.kind, "indeterminate")
            yield {**known, "status": status, "category": category}


def _versions(releases: tuple[Release, ...], later: timedelta) -> Iterator[dict[str, Any]]:
    """The sights of each release, those that are like the one before left out."""
    for release in releases:
        known = {"release_id": f"jira:{JIRA}:{release.version_id}", "source": JIRA}
        known |= {"kind": "version", "version_id": release.version_id, "release": release.name}
        last = len(release.seen) - 1
        sights = [
            (number, on, release.is_released and number == last)
            for number, on in enumerate(release.seen)
        ]
        new = [one for before, one in zip([None, *sights], sights) if before is None or before[1:] != one[1:]]
        for (number, on, is_released), after in zip(new, [*new[1:], None]):
            yield {
                **known,
                "project": "PAY",
                "release_on": None if on is None else _moved(on, later),
                "is_released": is_released,
                "valid_from": _sync(number, later),
                "valid_until": None if after is None else _sync(after[0], later),
            }
