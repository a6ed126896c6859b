"""An object-centric event log: OCEL 2.0, as JSON.

Objects are work items, releases, handoffs, decisions, approvals, teams and roles; nobody is one.
The schema of the format has every value as text; what it is stands in the type of the attribute.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO, TypeAlias

from roadworthy.exports.advancing import Advanced
from roadworthy.exports.happenings import Row, attributes, declared, rows
from roadworthy.exports.written import kind_of, text, written
from roadworthy.warehouse import Warehouse

#: Since when an attribute has a value that is told without an instant: the format's own word.
_EVER = "1970-01-01T00:00:00Z"

#: As things happened; what happened in one instant, item by item.
_ORDER = "event_at, item_id, place, number, event_id"

#: In ASCII alone: what would act on a terminal is escaped, and no encoding has to be guessed.
_encoded = json.JSONEncoder(ensure_ascii=True).encode

_Json: TypeAlias = dict[str, Any]


def write_ocel(warehouse: Warehouse, folder: Path, advanced: Advanced) -> str:
    """Write the log; returns what was written, in a few words."""
    with (folder / "events.ocel.json").open("w", encoding="ascii", newline="\n") as file:
        file.write("{")
        _write(file, "objectTypes", _types(warehouse, "objects", "object_type"))
        file.write(",")
        _write(file, "eventTypes", _types(warehouse, "events", "event_type"))
        file.write(",")
        objects = _write(
            file, "objects", map(_object, rows(warehouse, "objects", advanced, order="object_id"))
        )
        file.write(",")
        events = _write(
            file, "events", map(_event, rows(warehouse, "events", advanced, order=_ORDER))
        )
        file.write("\n}\n")
    return f"{events:,} events of {objects:,} objects"


def _write(file: TextIO, name: str, members: Iterable[_Json]) -> int:
    """Write one list, a member a line; returns how many there are."""
    count = 0
    file.write(f'\n"{name}": [')
    for count, member in enumerate(members, start=1):
        file.write(f"{',' if count > 1 else ''}\n{_encoded(member)}")
    file.write("\n]")
    return count


def _types(warehouse: Warehouse, of: str, by: str) -> Iterator[_Json]:
    for name, kinds in declared(warehouse, of, by):
        known = [{"name": attribute, "type": kind_of(kind)} for attribute, kind in kinds]
        # Every work item is in a stage, which is told with the instants at which it changed.
        stage = [{"name": "stage", "type": "string"}] if name in {"ticket", "pull_request"} else []
        yield {"name": text(name), "attributes": known + stage}


def _object(row: Row) -> _Json:
    told = [
        {"name": name, "time": _EVER, "value": written(value)} for name, value in attributes(row)
    ]
    told += [
        {"name": "stage", "time": written(stage["since"]), "value": text(stage["value"])}
        for stage in row["stages"] or []
    ]
    return {
        "id": text(row["object_id"]),
        "type": text(row["object_type"]),
        "attributes": told,
        "relationships": _relationships(row),
    }


def _event(row: Row) -> _Json:
    return {
        "id": text(row["event_id"]),
        "type": text(row["event_type"]),
        "time": written(row["event_at"]),
        "attributes": [{"name": name, "value": written(value)} for name, value in attributes(row)],
        "relationships": _relationships(row),
    }


def _relationships(row: Row) -> list[_Json]:
    return [
        {"objectId": text(related["object_id"]), "qualifier": related["qualifier"]}
        for related in row["relations"] or []
    ]
