"""Ugly but plausible archives through the whole product: nothing wrong, nothing lost in silence."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from roadworthy.config import Loaded, load
from roadworthy.runs import Run
from roadworthy.stages.build import BuildResult, build
from roadworthy.stages.published import Published
from roadworthy.stages.sync import sync
from roadworthy.warehouse import open_published

from .conftest import NOW, Silence, run_all

pytestmark = pytest.mark.slow

CREATED = "2025-03-03T10:00:00.000+0000"
OPEN = {"id": "1", "name": "Open", "statusCategory": {"key": "new"}}
DONE = {"id": "6", "name": "Fertig", "statusCategory": {"key": "done"}}

Json = dict[str, Any]


def change(
    field: str, before: tuple[str | None, str], after: tuple[str | None, str], **more: Any
) -> Json:
    """One entry of a history: id and text before and after."""
    ids = {"from": before[0], "fromString": before[1], "to": after[0], "toString": after[1]}
    return {"field": field, "fieldtype": "jira", **ids, **more}


def history(number: int, *entries: Json, **members: Any) -> Json:
    """What somebody changed in one click, on the day of that number."""
    at = f"2025-03-{number:02}T10:00:00.000+0000"
    return {"id": f"{number}", "created": at, "author": ANN, "items": list(entries), **members}


ANN = {"accountId": "acc-ann", "displayName": "Ann Person", "emailAddress": "ann@acme.com"}
CLOSED = history(5, change("status", ("1", "Open"), ("6", "Closed")))


def issue(*histories: Json, status: Json = OPEN, **fields: Any) -> Json:
    """The least that is an issue."""
    return {
        "id": "100",
        "key": "PAY-1",
        "self": "https://acme.example/rest/api/2/issue/100",
        "fields": {
            "created": CREATED,
            "updated": CREATED,
            "summary": "An issue",
            "project": {"id": "1", "key": "PAY"},
            "issuetype": {"name": "Story", "subtask": False},
            "status": status,
            **fields,
        },
        "changelog": {"total": len(histories), "histories": list(histories)},
    }


def built(
    folder: Path, *payloads: Json, tracker: str = "jira", name: str = "acme", **side: Any
) -> tuple[Loaded, BuildResult]:
    """Archive the payloads and run the product over them."""
    (folder / "archive").mkdir(exist_ok=True)
    text = "\n".join(json.dumps(payload) for payload in payloads)
    (folder / "archive/items.ndjson").write_text(text)
    for file, content in side.items():
        (folder / f"archive/{file}.json").write_text(json.dumps(content))
    (folder / "roadworthy.toml").write_text(
        f'[[sources]]\nkind = "files"\nname = "{name}"\npath = "archive/"\ntracker = "{tracker}"\n'
        "as_of = 2025-04-01T00:00:00Z\n"
    )
    loaded = load(folder / "roadworthy.toml")
    return loaded, run_all(loaded)


def rows(loaded: Loaded, query: str) -> list[tuple[Any, ...]]:
    with open_published(loaded.warehouse) as warehouse:
        return warehouse.frame(query).rows()


def test_a_status_renamed_since_is_known_by_its_id(tmp_path: Path) -> None:
    loaded, result = built(tmp_path, issue(CLOSED, status=DONE))

    assert result.audit_errors == 0
    assert rows(loaded, "select stage, status, is_done from main.work_items") == [
        ("Fertig", "Fertig", True)
    ]


def test_two_statuses_of_one_name_have_each_their_category(tmp_path: Path) -> None:
    review = {"id": "10", "name": "Review", "statusCategory": {"key": "done"}}
    working = {"id": "20", "name": "Review", "statusCategory": {"key": "indeterminate"}}
    other = {**issue(status=working), "id": "200", "key": "WEB-1"}
    loaded, _ = built(tmp_path, issue(status=review), other)

    assert rows(loaded, "select key, stage_kind from main.work_items order by key") == [
        ("PAY-1", "done"),
        ("WEB-1", "active"),
    ]


def test_a_custom_field_called_status_is_no_status(tmp_path: Path) -> None:
    mine = change("Status", (None, ""), ("10500", "Done"), fieldtype="custom")
    loaded, _ = built(tmp_path, issue(history(6, mine)))

    assert rows(loaded, "select stage, is_done from main.work_items") == [("Open", False)]
    assert rows(loaded, "select field from core.field_changes") == [("Status (custom)",)]


@pytest.mark.parametrize("items", ["not json", {"field": "status"}, None])
def test_a_history_whose_entries_cannot_be_read_is_an_error_of_the_audit(
    tmp_path: Path, items: Any
) -> None:
    loaded, result = built(tmp_path, issue({**CLOSED, "items": items}, status=DONE))

    assert result.audit_errors > 0
    found = "select found from main.data_audit where finding like 'every_history_entry%'"
    assert rows(loaded, found) == [(1,)]


def test_an_instant_of_no_sense_costs_its_history_and_not_the_night(tmp_path: Path) -> None:
    loaded, result = built(tmp_path, issue({**CLOSED, "created": "9" * 20}, status=DONE))

    assert result.audit_errors > 0
    assert rows(loaded, "select count(*) from main.work_items") == [(1,)]


def test_instants_where_no_calendar_goes_cost_their_histories_and_not_the_night(
    tmp_path: Path,
) -> None:
    odd = ("9" * 17, "infinity", "0001-01-01T00:00:00Z", "290309-12-22 (BC) 00:00", "99999-01-01")
    told = [{**CLOSED, "id": str(place), "created": at} for place, at in enumerate(odd)]
    loaded, result = built(tmp_path, issue(*told, status=DONE, duedate="0001-01-01"))

    assert result.audit_errors > 0
    assert rows(loaded, "select count(*) from main.work_items") == [(1,)]


def test_a_history_that_came_twice_counts_once(tmp_path: Path) -> None:
    loaded, result = built(tmp_path, issue(CLOSED, CLOSED, status=DONE))

    assert result.audit_errors == 0
    assert rows(loaded, "select count(*) from core.field_changes") == [(1,)]


@pytest.mark.parametrize("is_described", [True, False])
def test_nobody_is_named_past_staging(tmp_path: Path, is_described: bool) -> None:  # noqa: FBT001 - a case
    fields = [
        {"id": "customfield_1", "name": "Approver", "schema": {"type": "user"}},
        {"id": "customfield_2", "name": "Notes", "schema": {"type": "string"}},
        {"id": "customfield_3", "name": "Team", "schema": {"type": "array", "items": "user"}},
    ]
    side: Json = {"fields": fields} if is_described else {}
    bob = {"accountId": "acc-bob", "displayName": "Bob Hidden"}
    gone = change("Approver", (None, ""), ("acc-cid", "Cid Gone"), fieldtype="custom")
    picked = change("Approver", (None, ""), ("acc-bob", "Bob Hidden"), fieldtype="custom")
    both = ("acc-ann, acc-bob", "Ann Person, Bob Hidden")
    joined = change("Team", (None, ""), both, fieldtype="custom")
    told = change("description", (None, ""), (None, "ask [~accountid:acc-ann] or ann@acme.com"))
    noted = change("Notes", (None, ""), (None, "Ann Person"), fieldtype="custom")
    loaded, _ = built(
        tmp_path,
        issue(
            history(5, gone),
            history(6, picked, told, noted, joined),
            assignee=ANN,
            customfield_1=bob,
            customfield_3=[ANN, bob],
        ),
        **side,
    )

    with open_published(loaded.warehouse) as warehouse:
        tables = warehouse.frame(
            "select schema_name || '.' || table_name as name from duckdb_tables() "
            "where schema_name in ('core', 'main')"
        )["name"]
        told_of = "".join(warehouse.frame(f"from {name}").write_json() for name in tables)
    for person in (
        "acc-ann",
        "Ann Person",
        "ann@acme.com",
        "acc-bob",
        "Bob Hidden",
        "acc-cid",
        "Cid Gone",
    ):
        assert person not in told_of


def test_items_of_after_the_snapshot_are_counted_and_stand_aside(tmp_path: Path) -> None:
    late = issue(created="2025-05-03T10:00:00.000+0000")
    loaded, result = built(
        tmp_path, issue(), *({**late, "id": str(one), "key": f"PAY-{one}"} for one in range(2, 5))
    )

    assert result.items == 1
    assert rows(loaded, "select key from main.work_items") == [("PAY-1",)]
    found = "select severity, found from main.data_audit where finding = 'item_after_snapshot'"
    assert rows(loaded, found) == [("warning", 3)]


def test_a_source_under_a_new_name_is_not_counted_twice(tmp_path: Path) -> None:
    built(tmp_path, issue())
    loaded, result = built(tmp_path, issue(), name="renamed")

    assert result.items == 1
    assert rows(
        loaded, "select source from main.data_audit where finding = 'source_not_configured'"
    ) == [("acme",)]


def test_what_is_no_web_address_is_no_address(tmp_path: Path) -> None:
    loaded, _ = built(tmp_path, {**issue(), "self": "javascript:alert(1)"})

    assert rows(loaded, "select url from main.work_items") == [(None,)]


def test_a_pull_request_without_events_ends_as_its_payload_says(tmp_path: Path) -> None:
    pull = {
        "number": 7,
        "html_url": "https://github.com/acme/web/pull/7",
        "title": "A change",
        "user": {"login": "ann", "id": 1, "type": "User"},
        "state": "closed",
        "draft": False,
        "created_at": "2025-03-03T10:00:00Z",
        "updated_at": "2025-03-05T10:00:00Z",
        "merged_at": "2025-03-05T10:00:00Z",
        "closed_at": "2025-03-05T10:00:00Z",
        "head": {"ref": "a"},
        "base": {"ref": "main", "repo": {"full_name": "acme/web"}},
    }
    loaded, result = built(tmp_path, pull, tracker="github")

    assert result.audit_errors == 0
    assert rows(loaded, "select stage, is_done, lead_time_days from main.work_items") == [
        ("merged", True, 2.0)
    ]


def test_a_broken_line_does_not_make_a_record_missing(tmp_path: Path) -> None:
    other = {**issue(), "id": "200", "key": "PAY-2"}
    built(tmp_path, issue(), other)
    loaded = load(tmp_path / "roadworthy.toml")
    (tmp_path / "archive/items.ndjson").write_text(json.dumps(other) + '\n{"id": "100", ')

    assert run_all(loaded).audit_errors == 1
    assert rows(loaded, "select item_id, missing_since from core.items order by 1") == [
        ("jira:acme:100", None),
        ("jira:acme:200", None),
    ]


def test_an_archive_of_broken_lines_only_is_refused_and_what_was_kept_is_kept(
    tmp_path: Path,
) -> None:
    loaded, _ = built(tmp_path, issue())
    (tmp_path / "archive/items.ndjson").write_text('{"id": "100", ')
    run = Run.begin("nightly", lambda: NOW)

    (told,) = sync(loaded, run, Silence()).failures
    assert told.startswith("acme: it holds no work item of a jira")
    assert "items.ndjson:1: not JSON" in told
    assert build(loaded, run, Silence()).items == 1
    assert rows(loaded, "select missing_since from core.items") == [(None,)]


def test_a_sharp_s_is_a_letter_as_any_other(tmp_path: Path) -> None:
    closed = {"id": "7", "name": "Abschluß", "statusCategory": {"key": "done"}}
    loaded, result = built(tmp_path, issue(status=closed))

    assert result.audit_errors == 0
    assert rows(loaded, "select is_done from main.work_items") == [(True,)]


def test_a_custom_field_is_found_by_its_id_where_histories_give_only_its_name(
    tmp_path: Path,
) -> None:
    fields = [{"id": "customfield_5", "name": "Acceptance", "schema": {"type": "string"}}]
    filled = change("Acceptance", (None, ""), (None, "given, when, then"), fieldtype="custom")
    loaded, _ = built(tmp_path, issue(history(6, filled)), fields=fields)

    assert rows(loaded, "select field, field_id from core.field_changes") == [
        ("Acceptance", "customfield_5")
    ]


@pytest.mark.parametrize("field", ["summary", "project", "issuetype", "updated"])
def test_an_issue_without_a_field_is_an_issue(tmp_path: Path, field: str) -> None:
    lacking = issue(CLOSED)
    del lacking["fields"][field]
    loaded, result = built(tmp_path, lacking)

    assert result.items == 1
    assert rows(loaded, "select key, project from main.work_items") == [("PAY-1", "PAY")]


def test_what_could_not_be_used_is_told_of_an_earlier_day_too(tmp_path: Path) -> None:
    nameless = {**issue(), "id": None, "key": None}
    loaded, _ = built(tmp_path, issue({**CLOSED, "items": "not json"}, status=DONE), nameless)

    earlier = Published.read(loaded, datetime(2025, 3, 20, tzinfo=UTC)).frames["data_audit"]
    told = "select finding from main.data_audit where severity = 'error' order by finding"
    errors = earlier.filter(pl.col("severity") == "error").sort("finding")
    assert errors.select("finding").rows() == rows(loaded, told) != []


def test_a_role_that_nobody_holds_is_told_of_an_earlier_day_too(tmp_path: Path) -> None:
    built(tmp_path, issue(CLOSED, status=DONE))
    declared = (tmp_path / "roadworthy.toml").read_text() + '[roles]\nproduct = ["login:nobody"]\n'
    (tmp_path / "roadworthy.toml").write_text(declared)
    loaded = load(tmp_path / "roadworthy.toml")
    run_all(loaded)

    earlier = Published.read(loaded, datetime(2025, 3, 20, tzinfo=UTC)).frames["data_audit"]
    told = earlier.filter(pl.col("finding") == "role_holders_not_found")
    assert told.select("subject", "severity", "expected", "found").rows() == [
        ("product", "warning", 1, 0)
    ]
