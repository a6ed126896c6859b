"""Generated tickets: lives in the words of a tracker, at this minute this person made these edits.

The rows that follow from a life are those of :mod:`tests.pipelines.told_tickets`.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from hypothesis import strategies as st

from tests.pipelines.generated_policy import MONDAY, PEOPLE, ROLES, STATUSES

Value: TypeAlias = str | tuple[str, ...] | None
Edit: TypeAlias = tuple[str, Value]

EPIC = 1
"""The number of the ticket that others are parts of."""
PLACES = ("whole", "in an epic", "sub-task")
RELATING = ("fixVersions", "Sprint", "parent")
"""What brings a ticket together with others."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one person did in one go, some minutes after the step before."""

    minutes: int
    person: str | None
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket: when it was created, what it looked like, what happened to it."""

    born_minute: int
    place: str
    first: tuple[Edit, ...]
    steps: tuple[Step, ...]


def _day(number: int) -> str:
    return (MONDAY.date() + timedelta(days=number)).isoformat()


DAYS = tuple(_day(number) for number in (3, 10, 11, 14, 40, 60, 90, 125, 200))
_CHOICES: dict[str, tuple[Value, ...]] = {
    "duedate": (*DAYS, None),
    "resolution": ("Fixed", "Won't Do", None),
    "key": ("PAY", "WEB"),
    "Acceptance Criteria": ("short", "long enough", None),
    "issuetype": ("Story", "Bug"),
    "priority": (*("High", "Low") * 4, "Medium", None),
    "Flagged": ("Impediment", "Impediment", None),
    "labels": (
        (),
        ("ui",),
        ("blocked:decision",),
        ("blocked:external", "ui"),
        ("blocked:decision", "blocked:external"),
    ),
    "description": ("What is wanted.", "What is wanted, and why.", None),
    "assignee": (*ROLES, None),
    "Story Points": ("1", "3", "8", None),
    "fixVersions": ((), ("1.0",), ("2.0",), ("1.0", "2.0")),
    "Sprint": ((), ("1",), ("1", "2"), ("2", "3")),
    "parent": (str(EPIC), None),
    "comment": ("words",) * 5,
    "worklog": (*("words",) * 4, None),
}
# Work that goes back and forth between roles, and now and then on to an end.
_WALKED = (*("Idea", "Ready", "Ready", "In Progress", "In Review") * 3, "Proposed", "Sign-off")
_MOVES = [("status", status) for status in (*_WALKED * 3, *STATUSES)]
_EDITS = [(field, value) for field, values in _CHOICES.items() for value in values]
# Often at the same instant, often within the debounce, else hours or days later.
MINUTES = st.sampled_from((0, 0, 1, 4, 5, 60, 90, 200, 1440, 1440, 4000, 7300, 20000))
_STEPS = st.builds(
    Step,
    MINUTES,
    st.sampled_from((*ROLES, *ROLES, *PEOPLE)),
    st.lists(
        st.sampled_from((*_MOVES, *_EDITS)), min_size=1, max_size=3, unique_by=lambda edit: edit[0]
    ).map(tuple),
)
_FIRST = st.tuples(
    st.tuples(st.just("status"), st.sampled_from(("Idea", "Idea", "Idea", "Ready", "Done"))),
    st.tuples(st.just("duedate"), st.sampled_from((None, None, *DAYS))),
    st.tuples(st.just("key"), st.sampled_from(("PAY", "WEB"))),
    st.tuples(st.just("fixVersions"), st.sampled_from(((), ("1.0",), ("2.0",)))),
)
# Half of the lives come to an end at last: done, or dropped.
_LAST = st.sampled_from(
    (
        (),
        (),
        (Step(1440, "eva", (("status", "Done"), ("resolution", "Fixed"))),),
        (Step(1440, "ada", (("status", "Done"), ("resolution", "Won't Do"))),),
    )
)
_HISTORIES = st.tuples(st.lists(_STEPS, min_size=6, max_size=18).map(tuple), _LAST).map(
    lambda parts: (*parts[0], *parts[1])
)
TICKETS = st.builds(
    Ticket,
    st.integers(0, 60 * 24 * 30),
    st.sampled_from((*PLACES[:1] * 4, *PLACES[1:])),
    _FIRST,
    _HISTORIES,
)
