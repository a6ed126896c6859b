"""An issue as the simulated Jira keeps it: its payload, and what is searched and sorted by."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Self, TypeAlias

Json: TypeAlias = dict[str, Any]


def milliseconds(stamp: str) -> int:
    """An instant as Jira writes it, in milliseconds since 1970."""
    return round(datetime.fromisoformat(stamp).timestamp() * 1000)


@dataclass(frozen=True, slots=True)
class Entry:
    """One history of an issue, with its place among the histories of all issues."""

    created: int
    """In milliseconds."""
    issue: int
    id: int
    payload: Json

    @property
    def place(self) -> tuple[int, int, int]:
        """Where it stands in a bulk answer: by instant, then issue, then id."""
        return self.created, self.issue, self.id


@dataclass(frozen=True, slots=True)
class Row:
    """One issue."""

    id: int
    key: str
    project: str
    """Key of its project."""
    number: int
    """What follows the project in its key."""
    kind: frozenset[str]
    """Name in lower case and id of its type."""
    updated: int
    created: int
    payload: Json
    """Without its changelog."""
    entries: tuple[Entry, ...]
    """Its whole changelog, oldest first."""
    is_archived: bool = False

    @classmethod
    def of(cls, payload: Json, *, is_archived: bool = False) -> Self:
        """The row of a payload that has its whole changelog, in whatever order."""
        fields = payload["fields"]
        project, _, number = payload["key"].rpartition("-")
        kind = fields["issuetype"]
        return cls(
            id=int(payload["id"]),
            key=payload["key"],
            project=project,
            number=int(number),
            kind=frozenset({kind["name"].lower(), str(kind["id"])}),
            updated=milliseconds(fields["updated"]),
            created=milliseconds(fields["created"]),
            payload={name: value for name, value in payload.items() if name != "changelog"},
            entries=_entries(payload),
            is_archived=is_archived,
        )

    @property
    def whole(self) -> Json:
        """The payload with all of its changelog."""
        return {**self.payload, "changelog": {"histories": [e.payload for e in self.entries]}}


def _entries(payload: Json) -> tuple[Entry, ...]:
    issue = int(payload["id"])
    histories = payload.get("changelog", {}).get("histories", [])
    entries = [Entry(milliseconds(h["created"]), issue, int(h["id"]), h) for h in histories]
    return tuple(sorted(entries, key=attrgetter("place")))
