"""What a changelog says of an edit: the difference of two states, field by field.

Fields with several values get an item for each value that came or went, as Jira writes them;
labels and sprints are written whole. The values of an edit stand in the order of the state's
fields, and a rank, whose values Jira never tells, says only that it moved.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeAlias

from roadworthy.simulator.issue import Edit, References, State
from roadworthy.simulator.jira_values import PRIORITIES, RESOLUTIONS, Json
from roadworthy.simulator.people import TEAMS, by_account
from roadworthy.simulator.workflow import BY_ID

Side: TypeAlias = tuple[str | None, str | None]
"""Id and text of a value, as ``from`` and ``fromString`` carry them."""
NOTHING: Side = (None, None)
PROJECTS = {team.key: team for team in TEAMS}
NAMES = {account: person.name for account, person in by_account().items()}


def items(edit: Edit, renamed_at: datetime) -> list[Json]:
    """The items of one history."""
    return [
        *_single_items(edit, renamed_at),
        *_listed(edit, "Fix Version", "fixVersions", lambda s: s.versions),
        *_listed(edit, "Component", "components", lambda s: s.components),
        *_listed(edit, "Attachment", "attachment", lambda s: s.attachments),
        *_links(edit),
        *_rank(edit),
    ]


def _single_items(edit: Edit, renamed_at: datetime) -> Iterator[Json]:
    """The items of fields that have one value, or are written as one."""
    for field, field_id, side in (
        ("project", "project", _project),
        ("Key", None, lambda s: (None, s.key)),
        ("status", "status", lambda s: _status(s, edit.at, renamed_at)),
        ("resolution", "resolution", lambda s: _named(s.resolution, RESOLUTIONS)),
        ("summary", "summary", lambda s: (None, s.summary)),
        ("description", "description", lambda s: (None, s.description)),
        ("Acceptance Criteria", "customfield_10030", lambda s: (None, s.acceptance)),
        ("Story Points", "customfield_10016", _points),
        ("priority", "priority", lambda s: _named(s.priority, PRIORITIES)),
        ("assignee", "assignee", lambda s: _named(s.assignee, NAMES)),
        ("duedate", "duedate", _due),
        ("labels", "labels", lambda s: ("", " ".join(s.labels))),
        ("Sprint", "customfield_10020", _sprints),
        ("Flagged", "customfield_10021", _flagged),
    ):
        before, after = side(edit.before), side(edit.after)
        if before != after:
            yield _item(field, field_id, before, after)


def _item(field: str, field_id: str | None, before: Side, after: Side) -> Json:
    is_custom = field_id is not None and field_id.startswith("customfield")
    item: Json = {"field": field, "fieldtype": "custom" if is_custom else "jira"}
    if field_id is not None:
        item["fieldId"] = field_id
    item |= {"from": before[0], "fromString": before[1], "to": after[0], "toString": after[1]}
    if field == "assignee":
        item |= {"tmpFromAccountId": before[0], "tmpToAccountId": after[0]}
    return item


def _named(value: str | None, names: dict[str, str]) -> Side:
    return NOTHING if value is None else (value, names[value])


def _project(state: State) -> Side:
    return PROJECTS[state.project].project_id, PROJECTS[state.project].title


def _status(state: State, at: datetime, renamed_at: datetime) -> Side:
    return state.status, BY_ID[state.status].name_at(at, renamed_at)


def _points(state: State) -> Side:
    return None, None if state.points is None else f"{state.points:g}"


def _due(state: State) -> Side:
    day = state.due_on
    return NOTHING if day is None else (day.isoformat(), f"{day.isoformat()} 00:00:00.0")


def _sprints(state: State) -> Side:
    ids = ", ".join(sprint.id for sprint in state.sprints)
    return ids, ", ".join(sprint.name for sprint in state.sprints)


def _flagged(state: State) -> Side:
    return ("[10019]", "Impediment") if state.is_flagged else ("", "")


def _listed(
    edit: Edit, field: str, field_id: str, values: Callable[[State], References]
) -> Iterator[Json]:
    """One item for each value that went, then one for each that came."""
    before, after = values(edit.before), values(edit.after)
    for gone in before:
        if gone not in after:
            yield _item(field, field_id, (gone.id, gone.name), NOTHING)
    for new in after:
        if new not in before:
            yield _item(field, field_id, NOTHING, (new.id, new.name))


def _links(edit: Edit) -> Iterator[Json]:
    for new in edit.after.designs:
        if new not in edit.before.designs:
            yield _item("Link", None, NOTHING, (new.name, f"This issue is designed by {new.name}"))


def _rank(edit: Edit) -> Iterator[Json]:
    if edit.before.rank != edit.after.rank:
        yield _item("Rank", "customfield_10019", ("", ""), ("", "Ranked higher"))
