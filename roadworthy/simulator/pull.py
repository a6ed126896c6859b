"""A pull request, or an issue on GitHub, as the events that happened to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from roadworthy.simulator.people import Person, Team


@dataclass(kw_only=True, slots=True)
class Event:
    """One entry of a timeline. ``subject`` is a person, a label, a text: as the kind needs it."""

    kind: str
    at: datetime
    actor: Person
    subject: Person | str | None = None
    state: str = ""
    """Of a review: approved, changes_requested, commented or dismissed."""
    body: str = ""
    sha: str = ""
    id: int = 0


@dataclass(kw_only=True)
class Pull:
    """A pull request. The events are those up to the snapshot, in order of time."""

    number: int
    id: int
    team: Team
    title: str
    branch: str
    author: Person
    created_at: datetime
    is_created_as_draft: bool
    events: list[Event] = field(default_factory=list)
    item_id: str | None = None
    """The issue it belongs to."""
    size: Mapping[str, int] = field(default_factory=dict)

    @property
    def repository(self) -> str:
        """Owner and name of its repository."""
        return self.team.repository


@dataclass(kw_only=True)
class GitHubIssue:
    """An issue on GitHub: what arrives there instead of in the tracker."""

    number: int
    id: int
    team: Team
    title: str
    body: str
    author: Person
    created_at: datetime
    events: list[Event] = field(default_factory=list)

    @property
    def repository(self) -> str:
        """Owner and name of its repository."""
        return self.team.repository
