"""An issue as the tracker keeps it: a present state, and the edits that led to it.

An edit is the state before and the state after. What a changelog says of it is worked out when it
is written down, so that the history cannot help but end at the present state.
"""

from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from operator import attrgetter

from roadworthy.simulator.people import Person, Team
from roadworthy.simulator.workflow import BY_ID, OVER

SCOPE = frozenset({"description", "acceptance", "points"})
"""The members of a state that say what is wanted, and how much of it."""
UNDO_SPACING = timedelta(hours=30)
"""Distance kept between two moves of a date, so that no honest move looks like an undone one."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing an issue points to: a version, a component, a sprint, another issue, a file."""

    id: str
    name: str


References = tuple[Reference, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
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
    is_flagged: bool = False

    @property
    def stage(self) -> str:
        """The stage that its status belongs to, by the id of the status it is named after."""
        return BY_ID[self.status].stage


_MEMBERS = tuple(member.name for member in fields(State))
_VALUES = attrgetter(*_MEMBERS)


@dataclass(frozen=True, slots=True)
class Edit:
    """One click of somebody, and all it changed. ``author`` is None for a deleted account."""

    id: int
    at: datetime
    author: Person | None
    before: State
    after: State
    is_bulk: bool = False
    """Part of an operation on many issues at once."""

    @property
    def role(self) -> str:
        """The role of whoever clicked."""
        return self.author.role if self.author else "?"

    @property
    def is_by_hand(self) -> bool:
        """Made by a person, one issue at a time."""
        return self.role != "bot" and not self.is_bulk

    @property
    def changed(self) -> frozenset[str]:
        """The members of the state that it changed."""
        sides = zip(_MEMBERS, _VALUES(self.before), _VALUES(self.after), strict=True)
        # What a click leaves alone is the very same object on both sides.
        return frozenset([name for name, was, now in sides if was is not now and was != now])


@dataclass(frozen=True, slots=True)
class Comment:
    """Something somebody wrote below an issue."""

    id: int
    at: datetime
    author: Person
    body: str


@dataclass(kw_only=True)
class Issue:
    """An issue on its way. The last fields are what the people involved know, not the tracker."""

    id: str
    kind: str
    team: Team
    created_at: datetime
    creator: Person
    state: State
    item_id: str = field(init=False)
    """The id by which the product knows it; ``acme`` is the source in the configuration."""
    edits: list[Edit] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    gaps: set[str] = field(default_factory=set)
    """Rules of readiness that it does not meet at this moment."""
    due_moved_at: datetime | None = None
    is_dated_by_due: bool = True
    has_been_built: bool = False
    fills_at_handoff: str | None = None
    """A rule that will be met in the very click of the handoff."""
    passed_dates: list[date] = field(default_factory=list)
    """Valid dates that went by with the issue open."""
    course: int = 0
    """How often it was taken off its course; what was planned on an earlier one does not come."""
    lost_edits: int = 0
    """How many of its oldest edits no export gives any more."""

    def __post_init__(self) -> None:
        """Name it as the product will."""
        self.item_id = f"jira:acme:{self.id}"

    @property
    def is_open(self) -> bool:
        """True while it is neither done nor dropped."""
        return self.state.status not in OVER

    def due_may_move(self, at: datetime) -> bool:
        """True where its last move is long enough ago for another to stand by itself."""
        return self.due_moved_at is None or at - self.due_moved_at >= UNDO_SPACING
