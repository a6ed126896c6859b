"""A live Jira from night to night: what is kept, what is marked, and what no fault can change."""

from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import pytest

from roadworthy.simulator.serving import jira_events
from roadworthy.simulator.serving.faults import (
    CutJson,
    Fault,
    Maintenance,
    Planned,
    Reset,
    Rewrite,
    Status,
    Truncated,
)
from roadworthy.simulator.serving.jira_site import JiraSite
from roadworthy.stages.recording import record
from roadworthy.warehouse import open_landing, open_published
from tests.connectors.live_jira import PROJECT, Deployment, at, issue
from tests.roadworthy.end_to_end.living import NOW, living

pytestmark = pytest.mark.slow

BOTH = pytest.mark.parametrize("deployment", ["Cloud", "Server"])
FAULTS: dict[str, Fault] = {
    "429 with seconds": Status(429, retry_after=30),
    "429 with a date": Status(429, retry_after=timedelta(minutes=5)),
    "429 bare": Status(429),
    "500": Status(500),
    "502": Status(502),
    "503 with seconds": Status(503, retry_after=120),
    "504": Status(504),
    "reset": Reset(),
    "body broken off": Truncated(),
    "JSON broken off": CutJson(),
    "maintenance page": Maintenance(),
}


def site(deployment: Deployment) -> JiraSite:
    """Sixty issues in small pages, some with more histories than come with a search."""
    lengths = [120 if number % 20 == 0 else number % 7 for number in range(1, 61)]
    jira = JiraSite(
        deployment,
        issues=[issue(n, updated=n, histories=m) for n, m in enumerate(lengths, start=1)],
        projects=[PROJECT],
        fields=[{"id": "labels", "name": "Labels", "custom": False, "schema": {"type": "array"}}],
        statuses=[{"id": "1", "name": "Open", "statusCategory": {"key": "new"}}],
        versions={"PAY": [{"id": "9", "name": "1.0", "releaseDate": "2026-04-20"}]},
        boards=[
            {
                "id": 1,
                "name": "PAY",
                "type": "scrum",
                "location": {"projectId": 10100, "projectKey": "PAY"},
            }
        ],
        sprints={1: [{"id": 5, "name": "Sprint 5", "state": "active"}]},
    )
    jira.limits.page = 15
    return jira


@BOTH
@pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))
def test_a_fault_at_any_request_changes_nothing(
    deployment: Deployment, fault: Fault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with living(site(deployment), tmp_path / "calm", monkeypatch) as calm:
        assert calm.sync().failures == ()
        expected, requests = calm.stored(), len(calm.server.log)
    every_other = Planned(lambda _: True, frozenset(range(1, 4 * requests, 2)), fault)
    with living(site(deployment), tmp_path / "rough", monkeypatch, every_other) as rough:
        assert rough.sync().failures == ()
        assert rough.stored() == expected


@BOTH
@pytest.mark.parametrize(
    "nth",
    [1, *(pytest.param(n, marks=pytest.mark.slow) for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, -1))],
)
def test_a_wait_beyond_the_patience_ends_the_sync_and_the_next_one_completes_it(
    deployment: Deployment, nth: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with living(site(deployment), tmp_path / "calm", monkeypatch) as calm:
        calm.sync()
        calm.build()
        expected, requests = (calm.stored(), calm.published()), len(calm.server.log)
    request = nth if nth > 0 else requests
    busy = Planned(lambda _: True, frozenset({request}), Status(429, retry_after=3600))
    with living(site(deployment), tmp_path / "rough", monkeypatch, busy) as rough:
        (failure,) = rough.sync().failures
        assert "asked to wait 60 minutes, beyond the patience of 10 minutes" in failure
        assert rough.sync().failures == ()
        rough.build()
        assert (rough.stored(), rough.published()) == expected


def _months_later(jira: JiraSite) -> None:
    jira_events.edit(jira, "3", at(500), {"summary": "Renamed"})
    jira_events.delete(jira, "4")
    jira_events.hide(jira, "5")
    jira_events.archive(jira, "6")
    jira_events.redate_version(jira, "9", date(2026, 5, 4))
    jira_events.change_sprint(jira, 5, endDate="2026-04-17T10:00:00.000Z")


@BOTH
def test_what_vanished_is_marked_and_kept_and_comes_back_unmarked(
    deployment: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jira = site(deployment)
    missing = (
        "select key, missing_since from raw.records where missing_since is not null order by 1"
    )
    with living(jira, tmp_path, monkeypatch) as place:
        place.sync()
        assert place.landed(missing) == []
        _months_later(jira)
        place.days = 1
        place.sync()
        gone_at = (NOW + timedelta(days=1)).replace(tzinfo=UTC)
        assert place.landed(missing) == [("4", gone_at), ("5", gone_at), ("6", gone_at)]
        jira_events.show(jira, "5")
        place.days = 2
        place.sync()
        assert place.landed(missing) == [("4", gone_at), ("6", gone_at)]
        result = place.build()
        assert result.items == 60


@BOTH
def test_a_second_night_is_the_same_as_a_first_one_that_late(
    deployment: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Splitting a read into two syncs changes nothing but what only two syncs can know."""
    known_by_both = "select resource, key, payload::varchar from raw.records where resource in \
        ('issues', 'fields', 'statuses') and missing_since is null order by all"
    jira = site(deployment)
    with living(jira, tmp_path / "twice", monkeypatch) as twice:
        twice.sync()
        _months_later(jira)
        twice.days = 1
        twice.sync()
        in_two = twice.landed(known_by_both)
    with living(jira, tmp_path / "once", monkeypatch) as once:
        once.sync()
        assert once.landed(known_by_both) == in_two


@BOTH
def test_what_was_renamed_between_two_nights_is_called_as_a_first_one_that_late_calls_it(
    deployment: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jira, tables = site(deployment), ("core.statuses", "core.items", "main.work_items")
    with living(jira, tmp_path / "twice", monkeypatch) as twice:
        twice.sync()
        jira_events.rename_status(jira, "1", "Waiting")
        twice.days = 1
        twice.sync()
        twice.build()
        in_two = twice.published()
    with living(jira, tmp_path / "once", monkeypatch) as once:
        once.days = 1
        once.sync()
        once.build()
        in_one = once.published()
    assert [in_two[name] for name in tables] == [in_one[name] for name in tables]
    assert {row[2] for row in in_two["core.statuses"]} == {"Waiting"}


@BOTH
def test_dates_that_no_tracker_keeps_are_kept_from_sync_to_sync(
    deployment: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jira = site(deployment)
    with living(jira, tmp_path, monkeypatch) as place:
        place.sync()
        _months_later(jira)
        place.days = 1
        place.sync()
        place.build()
        with open_published(place.loaded.warehouse) as warehouse:
            seen = warehouse.frame(
                """
                select kind, release_on, valid_from, valid_until from core.release_dates
                order by kind, valid_from
                """
            ).rows()
    first, second = NOW, NOW + timedelta(days=1)
    assert seen == [
        ("sprint", None, first, second),
        ("sprint", date(2026, 4, 17), second, None),
        ("version", date(2026, 4, 20), first, second),
        ("version", date(2026, 5, 4), second, None),
    ]


@BOTH
def test_an_unchanged_second_night_costs_twelve_requests_at_most(
    deployment: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with living(site(deployment), tmp_path, monkeypatch) as place:
        place.sync()
        first = len(place.server.log)
        place.days = 1
        assert place.sync().requests == len(place.server.log) - first <= 12


@BOTH
def test_a_full_sync_reads_all_again_and_changes_nothing(
    deployment: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with living(site(deployment), tmp_path, monkeypatch) as place:
        place.sync()
        before = place.stored()
        assert place.sync(full=True).records >= 60
        assert place.stored() == before


@BOTH
@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_search_that_is_refused_is_no_sync(
    deployment: Deployment, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jira, is_refused = site(deployment), [False]
    refused = Planned(
        lambda request: is_refused[0] and "expand" in request.args, None, Status(status)
    )
    finished = "select count(*) from raw.syncs where finished_at is not null"
    with living(jira, tmp_path, monkeypatch, refused) as place:
        place.sync()
        jira_events.delete(jira, "4")
        is_refused[0] = True
        (failure,) = place.sync().failures
        assert f"({status})" in failure
        assert place.landed(finished) == [(1,)]
        assert place.landed("select key from raw.records where missing_since is not null") == []


def test_a_project_that_is_hidden_for_a_night_ends_none_of_its_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = Planned(r"project/PAY$", frozenset({2}), Status(404))
    with living(site("Cloud"), tmp_path, monkeypatch, hidden) as place:
        place.sync()
        place.days = 1
        assert place.sync().failures == ()
        assert place.landed("select key from raw.records where missing_since is not null") == []
        ((lacks,),) = place.landed(
            "select lacks from raw.syncs order by started_at desc, records limit 1"
        )
    assert lacks[0].startswith("acme: versions of PAY: not there, or not for this account to see")


def _spoil(answer: dict[str, Any]) -> None:
    for one in answer["issues"]:
        if one["id"] == "3":
            one["fields"]["status"] = None


@BOTH
def test_what_came_in_a_form_of_no_use_is_asked_for_again_every_night(
    deployment: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jira, nights = site(deployment), [0]
    spoilt = Planned(
        lambda request: nights[0] in (1, 2) and "expand" in request.args, None, Rewrite.json(_spoil)
    )
    title = "select payload ->> '$.fields.summary' from raw.records where key = '3'"
    refused = "select key, reason from raw.quarantine"
    with living(jira, tmp_path, monkeypatch, spoilt) as place:
        place.sync()
        jira_events.edit(jira, "3", at(500), {"summary": "Changed"})
        for nights[0] in (1, 2):
            assert place.sync().failures == ()
            assert place.landed(refused) == [("3", "`fields.status` is null, not an object")]
            assert place.landed(title) != [("Changed",)]
        nights[0] = 3
        assert place.sync().failures == ()
        assert place.landed(refused) == []
        assert place.landed(title) == [("Changed",)]


def test_another_server_in_the_place_of_one_is_read_from_the_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "select key, payload ->> '$.fields.summary' from raw.records where resource = 'issues' \
        and missing_since is null order by key"
    with living(site("Cloud"), tmp_path, monkeypatch) as place:
        place.sync()
    new = JiraSite("Cloud", issues=[issue(3, updated=-500), issue(7, updated=-500)])
    for row in new.rows.values():
        row.payload["fields"]["summary"] = "New"
    with living(new, tmp_path, monkeypatch) as place:
        assert place.sync().failures == ()
        assert place.landed(title) == [("3", "New"), ("7", "New")]


def test_an_archive_in_the_place_of_a_tracker_makes_the_next_live_sync_begin_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jira = site("Cloud")
    with living(jira, tmp_path, monkeypatch) as place:
        place.sync()
        with open_landing(place.loaded.warehouse) as landing:
            record(landing, ["acme"], tmp_path / "recorded")
        jira_events.edit(jira, "3", at(500), {"summary": "Changed"})
        place.sync()
        live = place.stored()
        config = (tmp_path / "roadworthy.toml").read_text()
        table = (tmp_path / "recorded/acme.toml").read_text()
        archive = table.replace('path = "', 'path = "recorded/')
        (tmp_path / "roadworthy.toml").write_text(f'warehouse = "var/roadworthy.duckdb"\n{archive}')
        place.sync()
        assert place.stored() != live
        (tmp_path / "roadworthy.toml").write_text(config)
        assert place.sync().failures == ()
        assert place.stored() == live


def test_a_source_whose_sync_did_not_end_is_not_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = Planned("field", frozenset({2}), Status(429, retry_after=3600))
    with living(site("Cloud"), tmp_path, monkeypatch, busy) as place:
        place.sync()
        with open_landing(place.loaded.warehouse) as landing:
            assert record(landing, ["acme"], tmp_path / "one") == (tmp_path / "one/acme",)
        place.days = 1
        assert place.sync().failures != ()
        with open_landing(place.loaded.warehouse) as landing:
            assert record(landing, ["acme"], tmp_path / "two") == ()
