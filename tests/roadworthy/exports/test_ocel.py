"""An object-centric log: what each row becomes, and that no text of a tracker does harm."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.roadworthy.exports.story import DRAWN, EVERYTHING, HOSTILE, RELEASE, exported, hostile

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place


def log_in(folder: Path) -> dict[str, list[dict[str, Any]]]:
    read: dict[str, list[dict[str, Any]]] = json.loads(
        (folder / "events.ocel.json").read_text("ascii")
    )
    return read


def plain(attributes: list[dict[str, str]]) -> dict[str, str]:
    return {attribute["name"]: attribute["value"] for attribute in attributes}


def related(one: dict[str, Any]) -> list[tuple[str, str]]:
    return [(of["objectId"], of["qualifier"]) for of in one["relationships"]]


def test_every_event_is_there_in_the_order_in_which_it_happened(told: Path) -> None:
    assert [(event["time"], event["type"]) for event in log_in(told)["events"]] == [
        ("2026-03-02T08:00:00Z", "entered Shaping"),
        ("2026-03-02T10:30:00Z", "left Shaping"),
        ("2026-03-02T10:30:00Z", "entered Ready"),
        ("2026-03-02T10:30:00Z", "handed over to Ready"),
        ("2026-03-02T10:30:00Z", "rule of readiness failed"),
        ("2026-03-03T09:00:00Z", "handoff rejected"),
        ("2026-03-04T10:30:00Z", "rule of readiness met later"),
        ("2026-03-05T08:00:00Z", "release promised"),
        ("2026-03-06T08:00:00Z", "date slipped"),
        ("2026-03-07T08:00:00Z", "decision asked: Roadmap"),
        ("2026-03-08T08:00:00Z", "decision withdrawn: Roadmap"),
        ("2026-03-09T08:00:00Z", "approval requested: engineering"),
        ("2026-03-09T09:00:00.000001Z", "approved: engineering"),
        ("2026-03-10T08:00:00Z", "changed priority"),
    ]


def test_an_event_has_what_was_known_at_its_instant(told: Path) -> None:
    events = {event["type"]: event for event in log_in(told)["events"]}
    assert events["handed over to Ready"] == {
        "id": "jira:acme:1/1/handed",
        "type": "handed over to Ready",
        "time": "2026-03-02T10:30:00Z",
        "attributes": [
            {"name": "team", "value": "Payments"},
            {"name": "from_stage", "value": "Shaping"},
            {"name": "to_stage", "value": "Ready"},
            {"name": "attempt", "value": "1"},
            {"name": "is_ready", "value": "false"},
            {"name": "failed_rules", "value": "size, goal"},
            {"name": "is_skip", "value": "false"},
        ],
        "relationships": [
            {"objectId": "jira:acme:1", "qualifier": "item"},
            {"objectId": "jira:acme:1/1", "qualifier": "handoff"},
            {"objectId": "role:product", "qualifier": "from"},
            {"objectId": "role:engineering", "qualifier": "to"},
            {"objectId": "team:Payments", "qualifier": "team"},
        ],
    }
    assert "elapsed_hours" not in plain(events["entered Shaping"]["attributes"])
    assert plain(events["left Shaping"]["attributes"])["elapsed_hours"] == "2.5"


def test_an_unknown_actor_is_nobodys_role(told: Path) -> None:
    events = {event["type"]: event for event in log_in(told)["events"]}
    assert related(events["handoff rejected"]) == [
        ("jira:acme:1", "item"),
        ("jira:acme:1/1", "handoff"),
        ("team:Payments", "team"),
    ]


def test_objects_are_items_what_became_of_them_releases_teams_and_roles(told: Path) -> None:
    objects = log_in(told)["objects"]
    assert [(one["id"], one["type"]) for one in objects] == [
        ("jira:acme:1", "ticket"),
        ("jira:acme:1/1", "handoff"),
        ("jira:acme:1/approval_request/1", "approval"),
        ("jira:acme:1/stage/1", "decision"),
        ("jira:acme:2", "ticket"),
        ("release:jira:acme:1", "release"),
        ("role:ceo", "role"),
        ("role:engineering", "role"),
        ("role:product", "role"),
        ("team:PAY", "team"),
        ("team:Payments", "team"),
    ]
    assert related(objects[0]) == [("release:jira:acme:1", "release"), ("team:Payments", "team")]


def test_an_item_is_in_the_release_of_its_project_and_not_in_one_of_the_same_name(
    place: "Place",
) -> None:
    """Both projects are of one team, and so are their releases."""
    place.publish(
        *EVERYTHING,
        RELEASE.replace("jira:acme:1", "jira:acme:9").replace("'PAY')", "'WEB')"),
        "update main.commitments set team = 'Payments'",
    )
    item = log_in(exported(place, "ocel"))["objects"][0]
    assert related(item) == [("release:jira:acme:1", "release"), ("team:Payments", "team")]


def test_the_stage_of_an_item_changes_with_time(told: Path) -> None:
    item = log_in(told)["objects"][0]
    assert [
        (one["time"], one["value"]) for one in item["attributes"] if one["name"] == "stage"
    ] == [("2026-03-02T08:00:00Z", "Shaping"), ("2026-03-02T10:30:00Z", "Ready")]
    assert plain(item["attributes"])["key"] == "PAY-1"


def test_of_several_stages_at_one_instant_the_last_is_the_value(place: "Place") -> None:
    place.publish(
        *EVERYTHING,
        "update main.visits set entered_at = timestamptz '2026-03-02 08:00:00Z', \
            left_at = if(visit_number = 1, timestamptz '2026-03-02 08:00:00Z', null)",
    )
    log = log_in(exported(place, "ocel"))
    assert [
        (one["time"], one["value"])
        for one in log["objects"][0]["attributes"]
        if one["name"] == "stage"
    ] == [("2026-03-02T08:00:00Z", "Ready")]
    assert [event["type"] for event in log["events"][:3]] == [
        "entered Shaping",
        "left Shaping",
        "entered Ready",
    ]


def test_what_is_returned_at_once_was_accepted_before(place: "Place") -> None:
    place.publish(
        *EVERYTHING,
        "update main.handoffs set verdict = 'accepted', late_return_at = verdict_at",
        "update main.decisions set is_reversed = true, reversed_at = ended_at",
    )
    types = [event["type"] for event in log_in(exported(place, "ocel"))["events"]]
    verdict, decision = types.index("handoff accepted"), types.index("decision withdrawn: Roadmap")
    assert types[verdict + 1] == "returned after acceptance"
    assert types[decision + 1] == "decision reversed: Roadmap"


def test_types_declare_every_attribute_that_occurs_and_its_kind(told: Path) -> None:
    log = log_in(told)
    for members, types in (("events", "eventTypes"), ("objects", "objectTypes")):
        declared = {one["name"]: plain_kinds(one["attributes"]) for one in log[types]}
        for member in log[members]:
            assert set(plain(member["attributes"])) <= set(declared[member["type"]])
    kinds = {one["name"]: plain_kinds(one["attributes"]) for one in log["eventTypes"]}
    assert kinds["date slipped"] == {
        "team": "string",
        "to_on": "string",
        "from_on": "string",
        "days": "integer",
        "is_after_commitment": "boolean",
        "is_bulk": "boolean",
    }
    assert kinds["left Shaping"]["elapsed_hours"] == "float"
    ticket = next(one for one in log["objectTypes"] if one["name"] == "ticket")
    assert plain_kinds(ticket["attributes"])["created_at"] == "time"


def plain_kinds(attributes: list[dict[str, str]]) -> dict[str, str]:
    return {attribute["name"]: attribute["type"] for attribute in attributes}


def test_it_has_the_form_of_the_schema_and_everything_named_is_there(told: Path) -> None:
    log = log_in(told)
    assert list(log) == ["objectTypes", "eventTypes", "objects", "events"]
    ids = [one["id"] for one in log["objects"] + log["events"]]
    assert len(ids) == len(set(ids))
    objects = {one["id"] for one in log["objects"]}
    for one in log["objects"] + log["events"]:
        assert {of for of, _ in related(one)} <= objects
        assert len(related(one)) == len(set(related(one)))
        assert all(isinstance(attribute["value"], str) for attribute in one["attributes"])


def test_a_hostile_title_is_text_and_drawn(place: "Place") -> None:
    log = log_in(hostile(place, HOSTILE, "ocel"))
    item = log["objects"][0]
    assert plain(item["attributes"])["title"] == DRAWN
    assert log["events"][0]["type"] == f"entered {DRAWN}"
    assert log["events"][0]["type"] in {one["name"] for one in log["eventTypes"]}


def test_a_megabyte_of_a_title_is_cut(place: "Place") -> None:
    place.publish(*EVERYTHING, "update main.work_items set title = repeat('x', 1000000)")
    title = plain(log_in(exported(place, "ocel"))["objects"][0]["attributes"])["title"]
    assert (len(title), title[-2:]) == (1000, "x…")


def test_a_warehouse_without_items_gives_a_log_without_events(published: "Place") -> None:
    log = log_in(exported(published, "ocel"))
    assert log == {"objectTypes": [], "eventTypes": [], "objects": [], "events": []}
