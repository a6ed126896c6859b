"""What a changelog says of fields that change, as far as it follows from their values.

Things with an id are told by id and name; of several, each that went and each that came has an item
of its own. Labels are told whole, dates by day and midnight.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from roadworthy.simulator.serving.jira_rows import Json

Side: TypeAlias = tuple[str | None, str | None]
NOTHING: Final[Side] = (None, None)

_CALLED: Final = {"fixVersions": "Fix Version", "versions": "Version", "components": "Component"}
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]
) -> list[Json]:
    """The items of a history in which fields take new values.

    Args:
        before: the fields as they were.
        after: those that change.
        names: of custom fields, by id.
    """
    return [
        item(_called(field, names), was, now, field)
        for field, value in after.items()
        for was, now in _sides(before.get(field), value)
    ]


def item(name: str, was: Side, now: Side, field_id: str | None = None) -> Json:
    """One item of a history."""
    is_custom = field_id is not None and field_id.startswith("customfield")
    told: Json = {"field": name, "fieldtype": "custom" if is_custom else "jira"}
    if field_id is not None:
        told["fieldId"] = field_id
    return told | {"from": was[0], "fromString": was[1], "to": now[0], "toString": now[1]}


def _called(field: str, names: Mapping[str, str]) -> str:
    if field.startswith("customfield"):
        return names.get(field, field)
    return _CALLED.get(field, field)


def _sides(before: object, after: object) -> Iterator[tuple[Side, Side]]:
    if before == after:
        return
    if not isinstance(before or after, list):
        yield _side(before), _side(after)
        return
    was, now = _rows(before), _rows(after)
    if all(isinstance(row, str) for row in (*was, *now)):
        yield ("", " ".join(was)), ("", " ".join(now))
        return
    yield from ((_side(row), NOTHING) for row in was if row not in now)
    yield from ((NOTHING, _side(row)) for row in now if row not in was)


def _rows(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _side(value: object) -> Side:
    if value is None:
        return NOTHING
    if isinstance(value, dict):
        key = next((value[k] for k in ("id", "accountId", "key") if k in value), None)
        text = next((value[k] for k in ("name", "value", "displayName") if k in value), None)
        return None if key is None else str(key), text
    if isinstance(value, str) and _DAY.fullmatch(value):
        return value, f"{value} 00:00:00.0"
    return None, f"{value:g}" if isinstance(value, float) else str(value)
