"""What an archive says of itself: when it was taken, and what it lacks."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from connectors.protocol import ConnectorError, Snapshot

if TYPE_CHECKING:
    from tests.connectors.conftest import Archive

NEWEST = "2024-05-01T12:00:00.000+0200"
LATER_THAN_DECLARED = (
    "records speak of 2024-05-01T10:00:00+00:00, which is later than the declared "
    "as_of 2024-04-01T00:00:00+00:00"
)
NO_VERSIONS = (
    "no versions.json: release dates are known only as the issues carry them, and a date moved "
    "without touching an issue is not seen"
)
NO_MILESTONES = (
    "no milestones.json: due dates are known only as the items carry them, and a date moved "
    "without touching an item is not seen"
)
TAKEN_AT = datetime(2024, 5, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "members",
    [
        {"fields": {"created": NEWEST, "status": {}}},
        {"fields": {"created": "2024-03-01T09:00:00Z", "updated": NEWEST, "status": {}}},
        {"fields": {"created": "2024-03-01T09:00:00Z", "resolutiondate": NEWEST, "status": {}}},
        {"changelog": {"histories": [17, {"created": "?"}, {}, {"created": NEWEST}]}},
        {"changelog": {"values": [{"created": 1714557600000}]}},
    ],
)
def test_an_undeclared_jira_archive_is_as_old_as_its_latest_instant(
    archive: "Archive", members: dict[str, object]
) -> None:
    archive.put("issues.json", json.dumps([archive.issue(1) | members, archive.issue(2)]))
    assert archive.connector().snapshot().taken_at == TAKEN_AT


@pytest.mark.parametrize(
    "members",
    [
        {"created_at": NEWEST},
        {"updated_at": NEWEST},
        {"closed_at": NEWEST},
        {"merged_at": NEWEST},
        {"timeline": [None, {"event": "labeled", "created_at": NEWEST}]},
        {"timeline": [{"event": "reviewed", "submitted_at": NEWEST}]},
        {"timeline": [{"event": "commented", "updated_at": NEWEST}]},
        {"reviews": [{"submitted_at": NEWEST}]},
    ],
)
def test_an_undeclared_github_archive_is_as_old_as_its_latest_instant(
    archive: "Archive", members: dict[str, object]
) -> None:
    archive.put("pulls.json", json.dumps([archive.pull(1) | members, archive.pull(2)]))
    assert archive.connector("github").snapshot().taken_at == TAKEN_AT


def test_a_commit_dated_by_its_author_and_a_due_date_show_nothing(archive: "Archive") -> None:
    commit = {"event": "committed", "author": {"date": "2099-01-01T00:00:00Z"}}
    archive.put("pulls.json", json.dumps([archive.pull(1, timeline=[commit])]))
    archive.put("milestones.json", '[{"id":1,"title":"1.0","due_on":"2099-01-01T00:00:00Z"}]')
    taken_at = archive.connector("github").snapshot().taken_at
    assert taken_at == datetime(2024, 3, 2, 9, tzinfo=UTC)


def test_what_is_quarantined_shows_nothing(archive: "Archive") -> None:
    wrong = archive.issue(2, updated=NEWEST, status=None)
    archive.put("issues.json", json.dumps([archive.issue(1), wrong]))
    assert archive.connector().snapshot().taken_at == datetime(2024, 3, 2, 8, tzinfo=UTC)


def test_a_declared_instant_is_taken_and_later_records_are_told(archive: "Archive") -> None:
    archive.put("issues.json", json.dumps([archive.issue(1, updated=NEWEST)]))
    for name in ("fields", "versions", "statuses"):
        archive.put(f"{name}.json", "[]")
    as_of = datetime(2024, 4, 1, tzinfo=UTC)
    assert archive.connector(as_of=as_of).snapshot() == Snapshot(
        taken_at=as_of,
        lacks=(LATER_THAN_DECLARED,),
    )


def test_an_instant_without_an_offset_cannot_be_declared(archive: "Archive") -> None:
    with pytest.raises(ConnectorError, match="archive: as_of 2024-04-01T00:00:00 has no offset"):
        archive.connector(as_of=datetime(2024, 4, 1))  # noqa: DTZ001 - what is refused


def test_an_archive_of_issues_alone_says_what_that_costs(archive: "Archive") -> None:
    bare = archive.issue(3)
    del bare["changelog"]
    archive.put("issues.json", json.dumps([archive.issue(1), archive.issue(2), bare]))
    archive.put("notes.txt", "")
    assert archive.connector().snapshot().lacks == (
        "no fields.json: custom fields are known by their ids, and by name as histories call them",
        NO_VERSIONS,
        "no statuses.json: the category of a status is known only if some issue stands in it today",
        "1 of 3 issues came without changelog: their moves between statuses are unknown",
        "not read, being of no known form or elsewhere: notes.txt",
    )


def test_an_archive_of_pull_requests_alone_says_what_that_costs(archive: "Archive") -> None:
    archive.put("pulls.json", json.dumps([archive.pull(1, timeline=None), archive.pull(2)]))
    assert archive.connector("github").snapshot().lacks == (
        "no issues",
        NO_MILESTONES,
        "1 of 2 pulls came without timeline: their requests, drafts and verdicts are unknown",
    )


def test_an_archive_without_any_record_stands_for_no_instant(archive: "Archive") -> None:
    archive.put("issues.json", "[]")
    snapshot = archive.connector().snapshot()
    assert snapshot.taken_at is None
    assert snapshot.lacks[0] == "no issues"


def test_the_snapshot_is_the_same_before_the_pages_and_after(archive: "Archive") -> None:
    archive.put("issues.json", json.dumps([archive.issue(1)]))
    connector = archive.connector()
    before = connector.snapshot()
    assert len(list(connector.fetch(connector.resources[0], None))) == 1
    assert connector.snapshot() == before
