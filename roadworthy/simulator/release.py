"""Releases and sprints: the dates that a whole project shares."""

from dataclasses import dataclass
from datetime import date, datetime

from roadworthy.simulator.issue import Reference


@dataclass(kw_only=True)
class Release:
    """A version of a project. The tracker shows ``due_on`` and forgets what it was before."""

    id: str
    name: str
    project: str
    starts_on: date
    planned_on: date
    due_on: date
    shipped_at: datetime | None = None

    @property
    def reference(self) -> Reference:
        """How an issue points to it."""
        return Reference(self.id, self.name)

    @property
    def subject_id(self) -> str:
        """Its name in the truth."""
        return f"jira:acme:version:{self.id}"


@dataclass(frozen=True, kw_only=True)
class Sprint:
    """Two weeks of a team."""

    id: str
    name: str
    board_id: int
    starts_at: datetime
    ends_at: datetime

    @property
    def reference(self) -> Reference:
        """How an issue points to it."""
        return Reference(self.id, self.name)

    def state_at(self, at: datetime) -> str:
        """The tracker's word for where the sprint stands."""
        if at < self.starts_at:
            return "future"
        return "active" if at < self.ends_at else "closed"
