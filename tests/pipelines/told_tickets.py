"""Generated tickets as a tracker would tell them: change by change, and how they stand now.

History and present value agree by construction.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from tests.pipelines.generated_policy import JIRA, MONDAY, STATUSES
from tests.pipelines.generated_tickets import EPIC, Edit, Ticket, Value

Row: TypeAlias = dict[str, Any]
Known: TypeAlias = tuple[str | None, str | None]  # id, text

_PRIORITIES = {"High": "2", "Medium": "3", "Low": "4"}
_VERSIONS = {"1.0": "901", "2.0": "902"}
_FIELD_IDS = {
    "Acceptance Criteria": "customfield_10030",
    "Flagged": "customfield_10021",
    "Sprint": "customfield_10007",
    "Story Points": "customfield_10016",
}
_BLANK: dict[str, Value] = {
    **dict.fromkeys(("resolution", "duedate", "description", "assignee", *_FIELD_IDS)),
    **dict.fromkeys(("labels", "fixVersions", "Sprint"), ()),
    "issuetype": "Story",
    "priority": "Medium",
    "parent": None,
}
_ACTS = ("comment", "worklog")


class ToldTicket:
    """A ticket as a tracker would tell it: change by change, and how it stands now."""

    def __init__(self, number: int, life: Ticket, later: timedelta) -> None:
        self.item_id = f"jira:{JIRA}:{number}"
        self._number, self._life, self._later = number, life, later
        self._born = MONDAY + timedelta(minutes=life.born_minute) + later
        self._is_part = life.place == "sub-task" and number != EPIC
        self._now = {**_BLANK, **{field: self._written((field, v)) for field, v in life.first}}
        if life.place != "whole":
            self._now["parent"] = self._written(("parent", str(EPIC)))
        if self._is_part:
            self._now["issuetype"] = "Sub-task"
        self.changes: list[Row] = []
        self.activities: list[Row] = []
        self.links: list[Row] = []
        moment = self._born
        for group, step in enumerate(life.steps):
            moment += timedelta(minutes=step.minutes)
            for edit in step.edits:
                self._tell(f"{number}-{group}", moment, step.person, edit)

    def _written(self, edit: Edit) -> Value:
        """A value as the tracker writes it: keys with a number, days moved with the stamps."""
        field, value = edit
        if field == "key":
            return f"{value}-{self._number}"
        if field == "duedate" and isinstance(value, str):
            return (date.fromisoformat(value) + self._later).isoformat()
        if field == "parent" and self._number == EPIC:
            return None
        return value

    def _tell(self, group: str, moment: datetime, person: str | None, edit: Edit) -> None:
        field, value = edit[0], self._written(edit)
        if field in _ACTS:
            self._act(field, moment, person, has_text=value is not None)
        elif not (self._is_part and field in ("issuetype", "parent")):
            before, self._now[field] = self._now[field], value
            for row in _sides(field, before, value):
                self._change(group, moment, person, {"field": field, **row})

    def _act(self, kind: str, moment: datetime, person: str | None, *, has_text: bool) -> None:
        act = f"{kind}:{len(self.activities) + 1}"
        row = {"item_id": self.item_id, "activity_id": act, "kind": kind, "actor_id": person}
        self.activities.append({**row, "has_text": has_text, "acted_at": moment})

    def _change(self, group: str, moment: datetime, person: str | None, row: Row) -> None:
        ordinal = sum(one["change_group"] == group for one in self.changes)
        placed = {"ordinal": ordinal, "sequence": len(self.changes) + 1, "changed_at": moment}
        made = {"item_id": self.item_id, "change_group": group, "actor_id": person}
        known = {"field_id": _FIELD_IDS.get(row["field"], row["field"]), "is_member": False}
        self.changes.append({**placed, **made, **known, **row})

    def item(self) -> Row:
        """The ticket as it stands now."""
        ended = [one["changed_at"] for one in self.changes if one["field"] == "resolution"]
        key = str(self._now["key"])
        parent = self._now["parent"]
        return {
            "item_id": self.item_id,
            "source": JIRA,
            "tracker": "jira",
            "kind": "ticket",
            "key": key,
            "project": key.partition("-")[0],
            "item_type": self._now["issuetype"],
            "is_subtask": self._is_part,
            "parent_id": f"jira:{JIRA}:{parent}" if parent else None,
            "status_id": _known("status", self._now["status"])[0],
            "status": self._now["status"],
            "components": [],
            "labels": list(self._now["labels"] or ()),
            "created_at": self._born,
            "resolution": self._now["resolution"],
            "resolved_at": ended[-1] if ended and self._now["resolution"] else None,
        }

    def values(self) -> Iterator[Row]:
        """The value of every field now, empty ones too."""
        for field, value in self._now.items():
            members = value if isinstance(value, tuple) else (value,)
            for position, member in enumerate(members or (None,), start=1):
                known_id, text = _shown(field, member)
                row = {"item_id": self.item_id, "field": field, "position": position}
                row["field_id"] = _FIELD_IDS.get(field, field)
                yield {**row, "value_id": known_id, "value_text": text}


def _sides(field: str, before: Value, after: Value) -> Iterator[Row]:
    """The rows of a change: one per member of a set that came or went, else one of whole values."""
    if field == "fixVersions":
        old, new = set(before or ()), set(after or ())
        for side, members in (("from", old - new), ("to", new - old)):
            for member in sorted(members):
                known_id, text = _known(field, member)
                yield {"is_member": True, f"{side}_id": known_id, f"{side}_text": text}
    elif before != after:
        (from_id, from_text), (to_id, to_text) = _known(field, before), _known(field, after)
        yield {"from_id": from_id, "from_text": from_text, "to_id": to_id, "to_text": to_text}


def _known(field: str, value: Value) -> Known:
    """A value as a history has it: with an id where it has one."""
    if value is None or value == ():
        return None, None
    if isinstance(value, tuple):
        if field == "labels":
            return None, " ".join(value)
        return ", ".join(value), ", ".join(f"Sprint {one}" for one in value)
    return _ID_OF.get(field, lambda _: None)(value), _TEXT_OF.get(field, str)(value)


def _shown(field: str, value: str | None) -> Known:
    """A value as it is shown: a day once, a sprint by its own name."""
    if value is not None and field == "Sprint":
        return value, f"Sprint {value}"
    return (None, value) if field == "duedate" else _known(field, value)


_ID_OF: dict[str, Any] = {
    "status": lambda status: str(STATUSES.index(status) + 1),
    "priority": _PRIORITIES.get,
    "fixVersions": _VERSIONS.get,
    **dict.fromkeys(("duedate", "assignee", "parent"), str),
}
_TEXT_OF: dict[str, Any] = {
    "duedate": lambda day: f"{day} 00:00:00.0",
    "parent": lambda number: f"PAY-{number}",
}
