"""What happens between two syncs, seen by whoever looks again."""

from datetime import date
from typing import Any

import pytest
from werkzeug import Request
from werkzeug.test import EnvironBuilder

from roadworthy.simulator.serving import jira_events as events
from roadworthy.simulator.serving.jira_site import JiraSite
from tests.roadworthy.simulator.serving.acme import AUTH, DONE, MARA, acme, at, issue


@pytest.fixture
def site() -> JiraSite:
    return acme()


def ask(site: JiraSite, path: str, **query: str) -> Any:
    builder = EnvironBuilder(path=f"/rest/{path}", query_string=query, auth=AUTH)
    response = site.app(Request(builder.get_environ()))
    return response.get_json() if response.status_code == 200 else response.status_code


def found(site: JiraSite, jql: str) -> list[str]:
    said = ask(site, "api/3/search/jql", jql=jql, fields="key")
    return [] if isinstance(said, int) else [row["key"] for row in said["issues"]]


def read(site: JiraSite, name: str) -> Any:
    return ask(site, f"api/3/issue/{name}", expand="changelog")


def test_an_edit_moves_updated_and_is_told_in_the_changelog(site: JiraSite) -> None:
    since = f"updated >= {int(at(7).timestamp() * 1000)}"
    assert found(site, since) == []
    version = {"id": "7", "name": "PAY 1.0"}
    told = {"status": DONE, "duedate": "2026-02-01", "labels": ["a", "b"], "fixVersions": [version]}
    events.edit(site, "PAY-1", at(7), told, author=MARA)
    after = read(site, "1")
    newest = after["changelog"]["histories"][0]
    assert found(site, since) == ["PAY-1"]
    assert after["fields"]["status"]["name"] == "Done"
    assert after["fields"]["updated"] == newest["created"] == "2026-01-07T10:00:00.000+0100"
    assert (newest["id"], newest["author"]) == ("15", MARA)
    assert [
        (i["field"], i["from"], i["fromString"], i["to"], i["toString"]) for i in newest["items"]
    ] == [
        ("status", "1", "To Do", "3", "Done"),
        ("duedate", None, None, "2026-02-01", "2026-02-01 00:00:00.0"),
        ("labels", "", "", "", "a b"),
        ("Fix Version", None, None, "7", "PAY 1.0"),
    ]


def test_what_was_given_to_the_site_is_never_changed(site: JiraSite) -> None:
    given = issue(9, "PAY-9", at(7))
    events.create(site, given)
    events.edit(site, "PAY-9", at(8), {"labels": ["later"]})
    assert given["fields"]["labels"] == []
    assert given["changelog"]["histories"] == []


def test_on_data_center_no_history_names_a_field_by_id() -> None:
    site = acme("Server")
    events.edit(site, "PAY-2", at(7), {"summary": "New", "customfield_10016": 3.0})
    (entry,) = site.rows[2].entries
    assert [item["field"] for item in entry.payload["items"]] == ["summary", "Story Points"]
    assert all("fieldId" not in item for item in entry.payload["items"])
    assert entry.payload["items"][1]["toString"] == "3"


def test_a_history_can_be_added_as_it_is(site: JiraSite) -> None:
    events.append(site, "PAY-2", at(7), [{"field": "Link"}])
    (told,) = read(site, "PAY-2")["changelog"]["histories"]
    assert told["items"] == [{"field": "Link"}]


def test_issues_come_and_go(site: JiraSite) -> None:
    events.create(site, issue(9, "PAY-9", at(7)))
    events.delete(site, "PAY-1")
    assert found(site, "project = PAY order by id") == ["PAY-2", "PAY-9"]
    assert read(site, "1") == 404
    assert found(site, "id = 1") == []


def test_an_issue_is_hidden_and_shown_without_being_changed(site: JiraSite) -> None:
    before = read(site, "PAY-1")
    events.hide(site, "PAY-1")
    assert found(site, "project = PAY") == ["PAY-2"]
    assert read(site, "PAY-1") == 404
    events.show(site, "PAY-1")
    assert read(site, "PAY-1") == before


def test_an_archived_issue_is_read_and_not_found(site: JiraSite) -> None:
    before = read(site, "PAY-1")
    events.archive(site, "PAY-1")
    assert found(site, "project = PAY") == ["PAY-2"]
    assert read(site, "PAY-1") == before
    events.restore(site, "PAY-1")
    assert found(site, "project = PAY order by id") == ["PAY-1", "PAY-2"]


def test_a_moved_issue_has_a_new_key_under_its_id_and_the_old_key_leads_to_it(
    site: JiraSite,
) -> None:
    events.move(site, "PAY-1", at(7), "WEB", author=MARA)
    moved = read(site, "PAY-1")
    assert (moved["id"], moved["key"]) == ("1", "WEB-2")
    assert moved["fields"]["project"]["key"] == "WEB"
    assert found(site, "key = PAY-1") == ["WEB-2"]
    assert found(site, "project = PAY") == ["PAY-2"]
    assert [
        (i["field"], i["from"], i["fromString"], i["to"], i["toString"])
        for i in moved["changelog"]["histories"][0]["items"]
    ] == [
        ("project", "100", "Payments", "101", "Web"),
        ("Key", None, "PAY-1", None, "WEB-2"),
    ]


def test_a_key_is_never_given_twice(site: JiraSite) -> None:
    events.move(site, "WEB-1", at(7), "PAY")
    events.move(site, "PAY-1", at(8), "WEB")
    assert read(site, "1")["key"] == "WEB-2"
    assert read(site, "WEB-1")["id"] == "3"


def test_a_renamed_status_shows_everywhere_and_changes_no_issue(site: JiraSite) -> None:
    before = read(site, "PAY-1")
    events.rename_status(site, "1", "Backlog")
    after = read(site, "PAY-1")
    assert [row["name"] for row in ask(site, "api/3/status")] == ["Backlog", "Done"]
    assert after["fields"]["status"]["name"] == "Backlog"
    assert after["fields"]["updated"] == before["fields"]["updated"]
    assert after["changelog"] == before["changelog"]


def test_a_release_date_moves_without_a_trace(site: JiraSite) -> None:
    events.edit(site, "PAY-1", at(7), {"fixVersions": [{"id": "7", "name": "PAY 1.0"}]})
    before = read(site, "PAY-1")
    events.redate_version(site, "7", date(2026, 3, 1))
    after = read(site, "PAY-1")
    (version,) = ask(site, "api/3/project/PAY/versions")
    assert version["releaseDate"] == "2026-03-01"
    assert after["fields"]["fixVersions"][0]["releaseDate"] == "2026-03-01"
    assert after["fields"]["updated"] == before["fields"]["updated"]
    events.redate_version(site, "7", None)
    assert "releaseDate" not in ask(site, "api/3/project/PAY/versions")[0]


def test_versions_sprints_and_groups_change(site: JiraSite) -> None:
    events.add_version(site, "WEB", {"id": "8", "name": "WEB 1.0"})
    events.change_sprint(site, 6, endDate="2026-01-20T08:00:00.000Z")
    events.join_group(site, "engineers", MARA)
    events.leave_group(site, "product", MARA["accountId"])
    assert [row["name"] for row in ask(site, "api/3/project/WEB/versions")] == ["WEB 1.0"]
    sprints = ask(site, "agile/1.0/board/1/sprint")["values"]
    assert [row.get("endDate") for row in sprints] == [None, "2026-01-20T08:00:00.000Z"]
    members = [
        ask(site, "api/3/group/member", groupname=name)["total"]
        for name in ("engineers", "product")
    ]
    assert members == [1, 0]


def test_an_issue_that_changes_between_two_pages_is_skipped_by_one_order_and_repeated_by_none(
    site: JiraSite,
) -> None:
    asked = {"jql": "project in (PAY, WEB) order by updated asc", "maxResults": "1"}
    first = ask(site, "api/3/search/jql", **asked)
    events.edit(site, first["issues"][0]["id"], at(8), {"summary": "Later"})
    ids = [row["id"] for row in first["issues"]]
    page = first
    while not page["isLast"]:
        page = ask(site, "api/3/search/jql", nextPageToken=page["nextPageToken"], **asked)
        ids += [row["id"] for row in page["issues"]]
    assert ids == ["1", "2", "3", "1"]
