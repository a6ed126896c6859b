"""An event log of cases: XES (IEEE 1849), where a case is a work item.

A stay in a stage, a decision and an approval are activities that start, and complete or are
withdrawn; all else happens in one instant. Who acted is a role and never anybody. What happens to
a release is of many cases, and stands in OCEL alone.
"""

import gzip
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, TextIO
from xml.sax.saxutils import quoteattr

from roadworthy.errors import RoadworthyError
from roadworthy.exports.advancing import Advanced
from roadworthy.exports.happenings import Row, attributes, rows
from roadworthy.exports.written import written
from roadworthy.warehouse import Warehouse

_OPENING = """\
<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<global scope="trace">
<string key="concept:name" value="?"/>
</global>
<global scope="event">
<string key="concept:name" value="?"/>
<string key="lifecycle:transition" value="complete"/>
<date key="time:timestamp" value="1970-01-01T00:00:00Z"/>
</global>
<classifier name="Activity" keys="concept:name"/>
<classifier name="ActivityAndTransition" keys="concept:name lifecycle:transition"/>
<string key="concept:name" value="Work items of Roadworthy"/>
<string key="lifecycle:model" value="standard"/>
"""
_CLOSING = "</log>\n"

_TYPES = MappingProxyType({bool: "boolean", int: "int", float: "float", datetime: "date"})

#: One order for cases and events, so that each case finds its events beside it.
_CASES = "object_id"
_EVENTS = "item_id, event_at, place, number, event_id"


def write_xes(warehouse: Warehouse, folder: Path, advanced: Advanced) -> str:
    """Write the log; returns what was written, in a few words."""
    with (folder / "events.xes").open("wb") as file:
        return _write(file, warehouse, advanced)


def write_packed_xes(warehouse: Warehouse, folder: Path, advanced: Advanced) -> str:
    """Write the log packed; returns what was written, in a few words."""
    with (
        (folder / "events.xes.gz").open("wb") as file,
        # Neither a name nor an instant goes in: the same log gives the same bytes.
        gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed,
    ):
        return _write(packed, warehouse, advanced)


def _write(file: BinaryIO | gzip.GzipFile, warehouse: Warehouse, advanced: Advanced) -> str:
    cases = count = 0
    with io.TextIOWrapper(file, encoding="utf-8", newline="\n") as xml:
        xml.write(_OPENING)
        for item, events in _cases(warehouse, advanced):
            count += _write_case(xml, item, events)
            cases += 1
        xml.write(_CLOSING)
    return f"{count:,} events in {cases:,} cases"


def _cases(warehouse: Warehouse, advanced: Advanced) -> Iterator[tuple[Row, Iterable[Row]]]:
    """Every work item with its events, out of two streams that run side by side."""
    of_items = "object_type in ('ticket', 'pull_request')"
    happened = rows(warehouse, "events", advanced, where="item_id is not null", order=_EVENTS)
    groups = groupby(happened, key=itemgetter("item_id"))
    nothing: tuple[None, Iterable[Row]] = (None, ())
    item_id, events = next(groups, nothing)
    for item in rows(warehouse, "objects", advanced, where=of_items, order=_CASES):
        if item["object_id"] != item_id:
            yield item, ()
            continue
        yield item, events
        item_id, events = next(groups, nothing)
    if item_id is not None:
        raise RoadworthyError(f"the log: events of {item_id} belong to no work item in it")


def _write_case(xml: TextIO, item: Row, events: Iterable[Row]) -> int:
    """Write a case; returns the number of its events."""
    named = [("concept:name", item["object_id"]), ("kind", item["object_type"])]
    xml.write(f"<trace>\n{_elements(named)}{_elements(attributes(item))}")
    count = 0
    for event in events:
        told = _elements(_standard(event)) + _elements(attributes(event))
        xml.write(f"<event>\n{told}</event>\n")
        count += 1
    xml.write("</trace>\n")
    return count


def _standard(event: Row) -> Iterator[tuple[str, object]]:
    """What the extensions have a name for, and the name that OCEL has for it."""
    yield "concept:name", event["activity"]
    yield "lifecycle:transition", event["transition"]
    yield "time:timestamp", event["event_at"]
    if event["role"] is not None:
        yield "org:role", event["role"]
    yield "event_type", event["event_type"]


def _elements(values: Iterable[tuple[str, object]]) -> str:
    """Attributes, an element each; the keys are names of our own."""
    return "".join(
        f'<{_TYPES.get(type(value), "string")} key="{key}" value={quoteattr(written(value))}/>\n'
        for key, value in values
    )
