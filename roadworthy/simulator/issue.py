"""An issue as the tracker keeps it: a present state, and the edits that led to it.

An edit is the state before and the state after. What a changelog says of it is worked out when it
is written down, so that the history cannot help but end at the present state.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from roadworthy.simulator.people import Person, Team
from roadworthy.simulator.workflow import ENDS, IDEA

UNDO_SPACING = timedelta(hours=30)
"""Distance kept between two moves of a date, so that no honest move looks like an undone one."""


@dataclass(frozen=True)
class Reference:
    """A thing an issue points to: a version, a component, a sprint, another issue, a file."""

    id: str
    name: str


References = tuple[Reference, ...]


@dataclass(frozen=True, kw_only=True)
class State:
    """Everything about an issue that has a history."""

    key: str
    project: str
    """Key of the project."""
    status: str
    """Id of the status."""
    resolution: str | None = None
    summary: str
    description: str | None = None
    acceptance: str | None = None
    points: float | None = None
    priority: str = "3"
    assignee: str | None = None
    """Account id."""
    due_on: date | None = None
    versions: References = ()
    components: References = ()
    labels: tuple[str, ...] = ()
    designs: References = ()
    """Issues of the design project that this one is designed by."""
    attachments: References = ()
    sprints: References = ()
    parent: Reference | None = None
    rank: int = 0


@dataclass(frozen=True)
class Edit:
    """One click of somebody, and all it changed. ``author`` is None for a deleted account."""

    id: int
    at: datetime
    author: Person | None
    before: State
    after: State


@dataclass(kw_only=True)
class Issue:
    """An issue on its way. The last fields are what the people involved know, not the tracker."""

    id: str
    kind: str
    team: Team
    created_at: datetime
    creator: Person
    state: State
    edits: list[Edit] = field(default_factory=list)
    gaps: set[str] = field(default_factory=set)
    """Rules of readiness that it does not meet at this moment."""
    due_moved_at: datetime | None = None
    is_dated_by_due: bool = True
    has_been_built: bool = False
    fills_at_handoff: str | None = None
    """A rule that will be met in the very click of the handoff."""
    passed_dates: list[date] = field(default_factory=list)
    """Valid dates that went by with the issue open."""

    @property
    def item_id(self) -> str:
        """The id by which the product knows it; ``acme`` is the source in the configuration."""
        return f"jira:acme:{self.id}"

    @property
    def is_open(self) -> bool:
        """True while it is neither done nor dropped."""
        return self.state.status not in ENDS

    @property
    def is_idea(self) -> bool:
        """True while nobody has begun to shape it."""
        return self.state.status == IDEA

    def due_may_move(self, at: datetime) -> bool:
        """True where its last move is long enough ago for another to stand by itself."""
        return self.due_moved_at is None or at - self.due_moved_at >= UNDO_SPACING
