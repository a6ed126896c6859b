"""What belongs to a source, as JQL, and where a read of it begins."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Self

from connectors.instants import instant

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
OVERLAP: Final = 10 * 60 * 1000
"""Milliseconds read again: the search index of a Jira is some time behind its data."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The issues of a source: those of projects or of a query, touched since a day."""

    projects: tuple[str, ...]
    jql: str | None
    since: datetime | None

    @property
    def condition(self) -> str:
        """The bounds of the search, less the day."""
        if self.jql is not None:
            return f"({self.jql})"
        return f"project in ({', '.join(map(quoted, self.projects))})"

    @property
    def whole(self) -> str:
        """All bounds: what a census counts."""
        return self.updated_from(self.begins_at)

    @property
    def begins_at(self) -> int:
        """Milliseconds since 1970 of the first instant wanted; 0 where all are."""
        return milliseconds(self.since) if self.since else 0

    def updated_from(self, at: int) -> str:
        """The issues changed at or after an instant.

        Epoch milliseconds, unquoted: a date would be read in the zone of the account, to the
        minute.
        """
        return f"{self.condition} AND updated >= {at}" if at else self.condition


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the next read begins: good only at the server and under the bounds it was made for."""

    made_for: str
    updated: int
    """Milliseconds since 1970 of the last change that was read."""
    projects: frozenset[str] = frozenset()
    """Keys of the projects in which issues were seen, whose versions are wanted."""

    @classmethod
    def of(cls, text: str | None, scope: Scope, server: str) -> Self:
        """The cursor that was kept, or the beginning where it does not fit any more."""
        made_for = f"{server}: {scope.whole}"
        kept = json.loads(text) if text is not None else {}
        if kept.get("made_for") == made_for:
            return cls(made_for, kept["updated"], frozenset(kept["projects"]))
        return cls(made_for, scope.begins_at, frozenset(scope.projects))

    @property
    def text(self) -> str:
        """What is kept of it."""
        kept = {"made_for": self.made_for, "updated": self.updated}
        return json.dumps({**kept, "projects": sorted(self.projects)})

    def after(self, updated: int, projects: Iterable[str]) -> "Cursor":
        """The cursor once issues up to an instant were read."""
        return Cursor(self.made_for, max(self.updated, updated), self.projects.union(projects))


def milliseconds(at: datetime) -> int:
    """Milliseconds since 1970, as JQL compares them."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def written(stamp: object) -> int:
    """The same for an instant as a payload has it; 0 where it is none."""
    at = instant(stamp)
    return milliseconds(at) if at else 0


def quoted(name: str) -> str:
    """A name as JQL takes it, whatever it holds."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
