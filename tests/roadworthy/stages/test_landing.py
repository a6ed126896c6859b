"""What of a payload is stored, and what a page that comes again leaves."""

import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.protocol import Page, Quarantined, Record, Resource
from roadworthy.people import Pseudonyms
from roadworthy.stages.landing import Envelope, land
from roadworthy.warehouse import Warehouse, in_memory, open_landing

ISSUES = Resource("issues", key="id", classified=frozenset({"emailAddress", "avatarUrls"}))
ENVELOPE = Envelope("acme", "jira", "run 1", datetime(2026, 3, 2, tzinfo=UTC))
PSEUDONYMS = Pseudonyms(b"k" * 32)
ANN = {"name": "ann", "emailAddress": "ann@acme.example", "avatarUrls": {"48x48": "a picture"}}
KEPT = {"name": "ann", "emailAddress": PSEUDONYMS.mask("ann@acme.example")}


@pytest.fixture
def landing() -> Iterator[Warehouse]:
    with in_memory() as warehouse:
        warehouse.execute("create schema raw")
        warehouse.run_folder("schema/raw")
        yield warehouse


def page(*payloads: dict[str, Any]) -> Page:
    records = [Record("issues", str(one["id"]), None, one) for one in payloads]
    return Page.of(ISSUES, records, next_cursor=f"after {payloads[-1]['id']}")


def stored(landing: Warehouse, *payloads: dict[str, Any]) -> list[dict[str, Any]]:
    land(landing, page(*payloads), ENVELOPE, PSEUDONYMS)
    kept = landing.frame("select payload::varchar as payload from raw.records order by key")
    return [json.loads(text) for text in kept["payload"]]


@pytest.mark.parametrize(
    ("came", "kept"),
    [
        ({"id": 1, "by": ANN, "at": "noon"}, {"id": 1, "by": KEPT, "at": "noon"}),
        ({"id": 1, "log": [{"by": ANN}, 2]}, {"id": 1, "log": [{"by": KEPT}, 2]}),
        ({"id": 1, "log": [[ANN, None]]}, {"id": 1, "log": [[KEPT, None]]}),
        ({"id": 1, "emailAddress": ["ann@acme.example"]}, {"id": 1}),
        ({"id": 1, "emailAddress": "none given"}, {"id": 1, "emailAddress": None}),
        ({"id": 1, "emailAddress": "0" * 20}, {"id": 1, "emailAddress": "0" * 20}),
        ({"id": 1, "log": [], "of": {}}, {"id": 1, "log": [], "of": {}}),
    ],
)
def test_what_describes_a_person_is_stored_at_no_depth(
    landing: Warehouse, came: dict[str, Any], kept: dict[str, Any]
) -> None:
    assert stored(landing, came) == [kept]


def test_members_stay_in_their_order(landing: Warehouse) -> None:
    (kept,) = stored(landing, {"id": 1, "by": ANN, "at": "noon", "avatarUrls": {}, "of": "PAY"})
    assert list(kept) == ["id", "by", "at", "of"]


def test_a_payload_is_left_as_it_came(landing: Warehouse) -> None:
    came = {"id": 1, "log": [{"by": ANN}], "avatarUrls": {}}
    before = copy.deepcopy(came)
    stored(landing, came)
    assert came == before


def test_a_record_that_comes_again_takes_the_place_of_the_first(landing: Warehouse) -> None:
    stored(landing, {"id": 1, "at": "noon"}, {"id": 2, "at": "noon"})
    assert stored(landing, {"id": 1, "at": "night"}) == [
        {"id": 1, "at": "night"},
        {"id": 2, "at": "noon"},
    ]
    cursors = landing.frame("select cursor from raw.cursors")
    assert cursors["cursor"].to_list() == ["after 1"]


def test_what_was_set_aside_is_kept_with_its_reason(landing: Warehouse) -> None:
    aside = Quarantined("issues", "issue 7", "not an object", "[]", "7")
    land(landing, Page.of(ISSUES, [aside]), ENVELOPE, PSEUDONYMS)
    kept = landing.frame("select place, reason, excerpt, key, run_id from raw.quarantine")
    assert kept.rows() == [("issue 7", "not an object", "[]", "7", "run 1")]


def test_the_records_of_a_page_are_looked_up_and_not_searched_for(tmp_path: Path) -> None:
    with open_landing(tmp_path / "acme.duckdb") as landing:
        stored(landing, *({"id": number} for number in range(1, 5000)))
        plan = landing.frame("explain analyze delete from raw.records where key in ('7', '8')")
        assert "Index Scan" in plan["explain_value"].item()
