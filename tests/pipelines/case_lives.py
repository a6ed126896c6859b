"""The life of one item of a case: what a tracker would have recorded of it, change by change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

from tests.pipelines.case_files import CaseError
from tests.pipelines.case_words import Change

Row: TypeAlias = dict[str, Any]
Value: TypeAlias = tuple[str | None, str | None]  # id, text
Shape: TypeAlias = Literal["text", "day", "whole list", "members"]
_NOTHING: Value = (None, None)


@dataclass(frozen=True)
class Field:
    """A field as the tracker knows it; a custom one is unknown on an item until it is named."""

    name: str
    field_id: str
    shape: Shape = "text"
    is_custom: bool = False


STANDARD = {
    "status": Field("status", "status"),
    "resolution": Field("resolution", "resolution"),
    "type": Field("issuetype", "issuetype"),
    "description": Field("description", "description"),
    "assignee": Field("assignee", "assignee"),
    "key": Field("key", "key"),
    "parent": Field("parent", "parent"),
    "due date": Field("duedate", "duedate", "day"),
    "labels": Field("labels", "labels", "whole list"),
    "fix version": Field("fixVersions", "fixVersions", "members"),
    "components": Field("components", "components", "members"),
    "links": Field("issuelinks", "issuelinks", "members"),
    "attachments": Field("attachment", "attachment", "members"),
    "priority": Field("priority", "priority"),
    "flagged": Field("Flagged", "customfield_10021", is_custom=True),
    "sprint": Field("Sprint", "customfield_10007", is_custom=True),
    "assignees": Field("assignees", "assignees", "members"),
    "draft": Field("draft", "draft"),
    "review request": Field("review_request", "review_request", "members"),
}
_PRIORITIES = {"Highest": "1", "High": "2", "Medium": "3", "Low": "4", "Lowest": "5"}
_REVIEW = "review"
_REQUEST = "review request"
_DISMISSAL = "dismissed review of"
ACTIVITIES = {"comments": "comment", "commits": "commit", "logs work": "worklog"}
"""What somebody does on an item without changing a field of it."""


@dataclass
class Life:
    """What is known of an item so far."""

    name: str
    fields: Mapping[str, Field]
    created_at: datetime
    author: str | None
    is_pull_request: bool
    values: dict[str, list[Value]] = field(default_factory=dict)
    changes: list[Row] = field(default_factory=list)
    activities: list[Row] = field(default_factory=list)
    reviews: dict[str, Value] = field(default_factory=dict)
    resolved_at: datetime | None = None
    missing_since: datetime | None = None

    @property
    def source(self) -> str:
        """Tickets live in the Jira, pull requests with the code."""
        return "code" if self.is_pull_request else "acme"

    @property
    def item_id(self) -> str:
        """The key of the item in the warehouse."""
        return f"{'github' if self.is_pull_request else 'jira'}:{self.source}:{self.name}"

    def begin(self, changes: list[Change]) -> None:
        """Give the item the values it was created with."""
        for change in changes:
            known = self._field(change)
            held = self.values.get(change.field, []) if known.shape == "members" else []
            new = [_value(known, text) for text in _texts(known, change)]
            self.values[change.field] = [*held, *new]
        if self.text("resolution"):
            self.resolved_at = self.created_at

    def record(self, at: datetime, who: str | None, group: str, changes: list[Change]) -> None:
        """Record the changes of one click."""
        for ordinal, change in enumerate(changes):
            row: Row = {
                "item_id": self.item_id,
                "change_group": group,
                "ordinal": ordinal,
                "sequence": len(self.changes) + 1,
                "actor_id": who,
                "changed_at": at,
            }
            if change.field in (_REVIEW, _DISMISSAL):
                self.changes.append({**row, **self._reviewed(at, who, change)})
                continue
            known = self._field(change)
            row["field"], row["field_id"] = known.name, known.field_id
            row["is_member"] = known.shape == "members"
            before, after = self._moved(known, change)
            row["from_id"], row["from_text"] = before
            row["to_id"], row["to_text"] = after
            self.changes.append(row)
            if change.field == "resolution":
                self.resolved_at = at if change.value else None

    def act(self, at: datetime, who: str | None, what: str, *, has_text: bool = True) -> None:
        """Somebody does something that changes no field."""
        self.activities.append(
            {
                "item_id": self.item_id,
                "activity_id": f"{what}:{len(self.activities) + 1}",
                "kind": what,
                "actor_id": None if what == "commit" else who,
                "acted_at": at,
                "has_text": has_text,
            }
        )

    def _reviewed(self, at: datetime, who: str | None, change: Change) -> Row:
        """``review = approved``, with ``approved with a comment``; or a review is dismissed."""
        row: Row = {"field": _REVIEW, "field_id": _REVIEW, "is_member": False}
        if change.field == _DISMISSAL:
            number, state = self.reviews[str(change.value)]
            dismissed = {"from_id": number, "from_text": state}
            return {**row, **dismissed, "to_id": number, "to_text": "dismissed"}
        state, _, comment = str(change.value).partition(" with ")
        number = str(len(self.changes) + 1)
        self.reviews[str(who)] = (number, state)
        self._answer(str(who))
        self.activities.append(
            {
                "item_id": self.item_id,
                "activity_id": f"review:{number}",
                "kind": "review",
                "actor_id": who,
                "acted_at": at,
                "has_text": bool(comment) or state != "approved",
            }
        )
        return {**row, "to_id": number, "to_text": state}

    def _answer(self, who: str) -> None:
        """A review takes its author off the list of those who are asked; nothing records that."""
        asked = self.values.get(_REQUEST, [])
        self.values[_REQUEST] = [one for one in asked if one != (who, who)]

    def present(self) -> list[Row]:
        """The values the tracker shows at the end; a known field without one has an empty row."""
        rows: list[Row] = []
        for word, known in self.fields.items():
            if known.is_custom and word not in self.values:
                continue
            for position, value in enumerate(self.values.get(word) or [_NOTHING], start=1):
                row = {"item_id": self.item_id, "field": known.name, "position": position}
                row["field_id"] = known.field_id
                row["value_id"], row["value_text"] = _shown(known, value)
                rows.append(row)
        return rows

    def text(self, word: str) -> str | None:
        """The present text of a field with a single value."""
        return (self.values.get(word) or [_NOTHING])[0][1]

    def texts(self, word: str) -> list[str]:
        """The present members of a field that holds several."""
        return [text for _, text in self.values.get(word, []) if text is not None]

    def _field(self, change: Change) -> Field:
        known = self.fields.get(change.field)
        if known is None:
            raise CaseError(f"'{change.field}' is no field; add it to the custom fields")
        if (change.sign == "=") == (known.shape == "members"):
            raise CaseError(
                f"'{change.field} {change.sign}': a set takes + and -, all else takes ="
            )
        return known

    def _moved(self, known: Field, change: Change) -> tuple[Value, Value]:
        held = self.values.get(change.field, [])
        values = [_value(known, text) for text in _texts(known, change)]
        if known.shape == "members":
            (value,) = values
            if (value in held) == (change.sign == "+"):
                raise CaseError(f"'{change.field} {change.sign} {change.value}' changes nothing")
            kept = [one for one in held if one != value]
            self.values[change.field] = [*held, value] if change.sign == "+" else kept
            return (_NOTHING, value) if change.sign == "+" else (value, _NOTHING)
        self.values[change.field] = values
        return _whole(known, held), _whole(known, values)


def _texts(known: Field, change: Change) -> list[str]:
    if change.value is None:
        return []
    return change.value.split() if known.shape == "whole list" else [change.value]


def _value(known: Field, text: str) -> Value:
    """A value as the tracker writes it: with an id where it has one."""
    value: Value
    match known.name:
        case "status":
            name, _, number = text.partition(" #")
            value = number or f"id of {name}", name
        case "issuelinks":
            value = text.rpartition(" ")[2], f"This issue {text}"
        case "fixVersions" | "components" | "attachment":
            value = f"id of {text}", text
        case "priority":
            value = _PRIORITIES[text], text
        case "assignee" | "assignees" | "review_request":
            value = text, text
        case "Sprint":
            value = ", ".join(one.rpartition(" ")[2] for one in text.split(", ")), text
        case _:
            value = (text, f"{text} 00:00:00.0") if known.shape == "day" else (None, text)
    return value


def _shown(known: Field, value: Value) -> Value:
    """A day is shown as it is and recorded twice: plainly as an id, with a midnight as a text."""
    return (None, value[0]) if known.shape == "day" else value


def _whole(known: Field, values: list[Value]) -> Value:
    if known.shape == "whole list":
        return None, " ".join(text for _, text in values if text) or None
    return values[0] if values else _NOTHING
