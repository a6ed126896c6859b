"""A log of cases: what each row becomes, and valid XML whatever stands in a tracker."""

import gzip
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

from tests.roadworthy.exports.story import DRAWN, EVERYTHING, HOSTILE, exported, hostile

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place

XES = "{http://www.xes-standard.org/}"


def log_in(folder: Path) -> ET.Element:
    return ET.parse(folder / "events.xes").getroot()  # noqa: S314 - it is our own file


def values(element: ET.Element) -> dict[str, str]:
    return {one.attrib["key"]: one.attrib["value"] for one in element if "key" in one.attrib}


def events_of(case: ET.Element) -> list[dict[str, str]]:
    return [values(event) for event in case.iter(f"{XES}event")]


def test_a_case_is_a_work_item_even_if_nothing_happened_to_it(told: Path) -> None:
    cases = list(log_in(told).iter(f"{XES}trace"))
    assert [values(case)["concept:name"] for case in cases] == ["jira:acme:1", "jira:acme:2"]
    assert [len(events_of(case)) for case in cases] == [13, 0]
    assert values(cases[0]) == {
        "concept:name": "jira:acme:1",
        "kind": "ticket",
        "source": "acme",
        "key": "PAY-1",
        "title": "Pay by card",
        "project": "PAY",
        "team": "Payments",
        "item_type": "Story",
        "is_subtask": "false",
        "release": "PAY 1.0",
        "created_at": "2026-03-02T08:00:00Z",
    }


def test_stays_decisions_and_approvals_begin_and_end(told: Path) -> None:
    case = next(log_in(told).iter(f"{XES}trace"))
    wanted = ("concept:name", "lifecycle:transition", "org:role")
    assert [tuple(map(event.get, wanted)) for event in events_of(case)] == [
        ("Shaping", "start", "product"),
        ("Shaping", "complete", "product"),
        ("Ready", "start", "engineering"),
        ("handed over to Ready", "complete", "product"),
        ("rule of readiness failed", "complete", None),
        ("handoff rejected", "complete", None),
        ("rule of readiness met later", "complete", None),
        ("date slipped", "complete", "product"),
        ("decision: Roadmap", "start", "ceo"),
        ("decision: Roadmap", "withdraw", None),
        ("approval: engineering", "start", None),
        ("approval: engineering", "complete", None),
        ("changed priority", "complete", "ceo"),
    ]


def test_attributes_have_their_types(told: Path) -> None:
    case = next(log_in(told).iter(f"{XES}trace"))
    left = list(case.iter(f"{XES}event"))[1]
    kinds = {one.attrib["key"]: one.tag.removeprefix(XES) for one in left}
    assert kinds["time:timestamp"] == "date"
    assert kinds["visit_number"] == "int"
    assert kinds["elapsed_hours"] == "float"
    assert kinds["is_repeat"] == "boolean"
    assert kinds["stage"] == "string"


def test_it_has_the_order_of_parts_that_the_standard_asks_for(told: Path) -> None:
    log = log_in(told)
    parts = [one.tag.removeprefix(XES) for one in log]
    assert log.tag == f"{XES}log"
    assert parts == [
        *["extension"] * 4,
        *["global"] * 2,
        *["classifier"] * 2,
        *["string"] * 2,
        *["trace"] * 2,
    ]
    known = {one.attrib["prefix"] for one in log.iter(f"{XES}extension")}
    keys = {one.attrib["key"] for one in log.iter() if ":" in one.attrib.get("key", "")}
    assert {key.partition(":")[0] for key in keys} == known
    for case in log.iter(f"{XES}trace"):
        for event in events_of(case):
            assert {"concept:name", "lifecycle:transition", "time:timestamp"} <= set(event)


def test_what_classifies_is_there_in_every_event_and_has_a_name_without_spaces(told: Path) -> None:
    log = log_in(told)
    always = {scope.attrib["scope"]: set(values(scope)) for scope in log.iter(f"{XES}global")}
    for classifier in log.iter(f"{XES}classifier"):
        assert classifier.attrib["name"].isalpha()
        assert set(classifier.attrib["keys"].split()) <= always["event"]


def test_no_element_has_a_key_twice(told: Path) -> None:
    for element in log_in(told).iter():
        keys = [one.attrib["key"] for one in element if "key" in one.attrib]
        assert len(keys) == len(set(keys))


def test_a_hostile_title_is_text_and_drawn(place: "Place") -> None:
    case = next(log_in(hostile(place, HOSTILE, "xes")).iter(f"{XES}trace"))
    assert values(case)["title"] == DRAWN
    assert events_of(case)[0]["concept:name"] == DRAWN
    assert events_of(case)[-1]["to_value"] == DRAWN


def test_every_character_that_xml_knows_not_is_drawn(place: "Place") -> None:
    forbidden = [*range(0x20), 0xFFFE, 0xFFFF]
    title = "".join(map(chr, [*forbidden, 0x7F, 0x85, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x10FFFF]))
    case = next(log_in(hostile(place, title, "xes")).iter(f"{XES}trace"))
    assert not set(values(case)["title"]) & set(map(chr, forbidden))


def test_a_megabyte_of_a_title_is_cut(place: "Place") -> None:
    place.publish(*EVERYTHING, "update main.work_items set title = repeat('&', 1000000)")
    case = next(log_in(exported(place, "xes")).iter(f"{XES}trace"))
    assert values(case)["title"] == "&" * 999 + "…"


def test_packed_it_is_the_same_log(told: Path) -> None:
    packed = (told / "events.xes.gz").read_bytes()
    assert gzip.decompress(packed) == (told / "events.xes").read_bytes()


def test_a_warehouse_without_items_gives_a_log_without_cases(published: "Place") -> None:
    assert list(log_in(exported(published, "xes")).iter(f"{XES}trace")) == []
