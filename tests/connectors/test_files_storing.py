"""What the connector hands out can be stored: tried with the engine that has to."""

import json
from typing import TYPE_CHECKING

import duckdb
import pytest

from connectors.instants import instant
from connectors.protocol import Payload

if TYPE_CHECKING:
    from tests.connectors.conftest import Archive


def _stored(key: str, payload: Payload) -> tuple[str, str, str]:
    """Key, summary and payload, once as they come out of a JSON column."""
    with duckdb.connect() as warehouse:
        warehouse.execute("create table records (key varchar, payload json)")
        warehouse.execute("insert into records values (?, ?)", [key, json.dumps(payload)])
        rows = warehouse.execute(
            "select key, payload ->> '$.fields.summary', payload::varchar from records"
        ).fetchall()
    return rows[0]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (r"a\u0000b", "a\x00b"),
        (r"half \ud83d of it", r"half \ud83d of it"),
        (r"other \uDe00 half", r"other \ude00 half"),
        (r"swapped \ude00\ud83d", r"swapped \ude00\ud83d"),
        (r"whole \ud83d\ude00", "whole 😀"),
        (r"written \\ud83d", r"written \ud83d"),
        ("as it is 😀 é \u202e", "as it is 😀 é \u202e"),
        ("'; drop table records; --", "'; drop table records; --"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_any_text_of_a_tracker_reaches_the_warehouse(
    archive: "Archive", written: str, stored: str
) -> None:
    text = json.dumps(archive.issue(1, summary="@")).replace("@", written)
    archive.put("issues.ndjson", text)
    (record,) = archive.records()
    key, summary, payload = _stored(record.key, record.payload)
    assert (key, summary, json.loads(payload)) == ("1", stored, record.payload)


def test_names_of_members_and_keys_are_mended_as_well(archive: "Archive") -> None:
    text = json.dumps(archive.issue(1, x={"@": ["@"]}) | {"id": "@"}).replace("@", r"\udc00")
    archive.put("issues.json", f"[{text}]")
    (record,) = archive.records()
    assert record.payload["fields"]["x"] == {r"\udc00": [r"\udc00"]}
    assert _stored(record.key, record.payload)[0] == r"\udc00"


def test_the_deepest_nesting_that_is_let_through_can_be_stored(archive: "Archive") -> None:
    deep: list[object] = []
    for _ in range(197):
        deep = [deep]
    archive.put("issues.ndjson", json.dumps(archive.issue(1, x=deep)))
    (record,) = archive.records()
    assert json.loads(_stored("1", record.payload)[2])["fields"]["x"] == deep


@pytest.mark.parametrize(
    "written",
    [
        "2011-10-18T21:08:15.862-0500",
        "2024-03-01T09:00:00Z",
        "2024-03-01T09:00:00.123456+05:30",
        "2024-03-01 09:00:00+0000",
        "2024-02-29T23:59:59-12:00",
    ],
)
def test_an_instant_that_is_accepted_means_the_same_to_the_warehouse(written: str) -> None:
    found = instant(written)
    assert found is not None
    with duckdb.connect() as warehouse:
        rows = warehouse.execute(
            "select ?::timestamptz = ?::timestamptz", [written, found.isoformat()]
        ).fetchall()
    assert rows == [(True,)]
