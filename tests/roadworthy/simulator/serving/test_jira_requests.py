"""What the client library has no method for, and what Jira refuses."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from roadworthy.simulator.serving.jira_people import group_id
from roadworthy.simulator.serving.jira_site import JiraSite
from roadworthy.simulator.serving.server import served
from tests.roadworthy.simulator.serving.acme import AUTH, BEARER, acme, at, history, issue


class Asking:
    """A session at the site, which gives status and JSON."""

    def __init__(self, url: str, session: requests.Session, site: JiraSite) -> None:
        self.root, self.session, self.site = url, session, site

    def get(self, path: str, **params: Any) -> tuple[int, Any]:
        answer = self.session.get(f"{self.root}/rest/{path}", params=params, timeout=5)
        return answer.status_code, answer.json()

    def post(self, path: str, body: object) -> tuple[int, Any]:
        answer = self.session.post(f"{self.root}/rest/{path}", json=body, timeout=5)
        return answer.status_code, answer.json()

    def found(self, jql: str) -> list[str]:
        """Keys of what a query finds; Jira's words where it refuses."""
        _, said = self.get("api/3/search/jql", jql=jql, fields="key")
        if "errorMessages" in said:
            return list(said["errorMessages"])
        return [row["key"] for row in said["issues"]]


@pytest.fixture
def cloud() -> Iterator[Asking]:
    site = acme()
    with requests.Session() as session, served(site.app) as line:
        session.auth = AUTH
        yield Asking(line.url, session, site)


@pytest.fixture
def server() -> Iterator[Asking]:
    site = acme("Server")
    with requests.Session() as session, served(site.app) as line:
        session.headers.update(BEARER)
        yield Asking(line.url, session, site)


def test_bulk_histories_are_oldest_first_across_issues_so_that_an_issue_spans_pages(
    cloud: Asking,
) -> None:
    asked = {"issueIdsOrKeys": ["1", "WEB-1", "2"], "maxResults": 2}
    _, first = cloud.post("api/3/changelog/bulkfetch", asked)
    next_page = {**asked, "nextPageToken": first["nextPageToken"]}
    _, second = cloud.post("api/3/changelog/bulkfetch", next_page)
    ids = [
        [
            (log["issueId"], [h["id"] for h in log["changeHistories"]])
            for log in p["issueChangeLogs"]
        ]
        for p in (first, second)
    ]
    assert ids == [[("1", ["11", "12"])], [("3", ["13"]), ("1", ["14"])]]
    assert "nextPageToken" not in second
    assert first["issueChangeLogs"][0]["changeHistories"][0]["created"] == 1767344400000


def test_bulk_histories_can_be_narrowed_to_fields(cloud: Asking) -> None:
    asked = {"issueIdsOrKeys": ["1", "3"], "fieldIds": ["duedate"]}
    _, page = cloud.post("api/3/changelog/bulkfetch", asked)
    (log,) = page["issueChangeLogs"]
    assert [item["field"] for item in log["changeHistories"][0]["items"]] == ["duedate"]


def test_bulk_takes_no_more_than_a_thousand_issues(cloud: Asking) -> None:
    names = [str(number) for number in range(1001)]
    status, _ = cloud.post("api/3/changelog/bulkfetch", {"issueIdsOrKeys": names})
    assert status == 400


def test_the_changelog_of_one_issue_comes_in_pages_oldest_first(cloud: Asking) -> None:
    _, first = cloud.get("api/3/issue/PAY-1/changelog", maxResults=2)
    _, last = cloud.get("api/3/issue/PAY-1/changelog", startAt=2)
    assert [row["id"] for row in first["values"]] == ["11", "12"]
    assert (first["total"], first["isLast"], last["isLast"]) == (3, False, True)
    assert [row["id"] for row in last["values"]] == ["14"]


def test_queries_find_by_project_issue_type_and_instant(cloud: Asking) -> None:
    updated = int(at(5).timestamp() * 1000)
    for jql, keys in {
        "project in (payments, 101) order by id": ["PAY-1", "PAY-2", "WEB-1"],
        "project not in (PAY)": ["WEB-1"],
        "id in (1, 3) order by key desc": ["WEB-1", "PAY-1"],
        "issuekey = pay-1": ["PAY-1"],
        "issuetype = bug": ["WEB-1"],
        "type not in (Bug) and project = PAY order by created, id": ["PAY-1", "PAY-2"],
        f"updated >= {updated} order by updated": ["PAY-2", "WEB-1"],
        f"updated > {updated}": ["WEB-1"],
        f"updated <= {updated} order by updated desc": ["PAY-2", "PAY-1"],
        f"(updated < {updated} or id = 3) order by project": ["PAY-1", "WEB-1"],
    }.items():
        assert cloud.found(jql) == keys, jql


def test_a_written_date_is_in_the_zone_of_the_account(cloud: Asking) -> None:
    """PAY-2 changed at 9:00 UTC, which is 10:00 in Berlin and 14:30 in Kolkata."""
    assert cloud.found('updated = "2026-01-05 10:00"') == ["PAY-2"]
    cloud.site.access.me["timeZone"] = "Asia/Kolkata"
    assert cloud.found('updated = "2026/01/05 14:30"') == ["PAY-2"]


@pytest.mark.parametrize(
    ("jql", "message"),
    [
        ("order by updated", "Unbounded JQL queries are not allowed here. Please add a search"),
        ("project = OPS", "The value 'OPS' does not exist for the field 'project'."),
        ("id in (1, 99)", "A value with ID '99' does not exist for the field 'id'."),
        ("key = PAY-9", "An issue with key 'PAY-9' does not exist for field 'key'."),
        ("colour = red", "Field 'colour' does not exist or you do not have permission to view it."),
        ("updated >= yesterday", "Date value 'yesterday' for field 'updated' is invalid."),
        ("project > PAY", "The operator '>' is not supported by the 'project' field."),
        ("project = PAY order by votes", "Not able to sort using field 'votes'."),
    ],
)
def test_a_query_that_makes_no_sense_is_refused(cloud: Asking, jql: str, message: str) -> None:
    (said,) = cloud.found(jql)
    assert said.startswith(message)


def test_a_token_belongs_to_its_query(cloud: Asking) -> None:
    _, page = cloud.get("api/3/search/jql", jql="project = PAY", maxResults=1)
    token = page["nextPageToken"]
    for jql, given in (("project = WEB", token), ("project = PAY", "made up")):
        status, _ = cloud.get("api/3/search/jql", jql=jql, nextPageToken=given)
        assert status == 400


def test_what_the_index_lacks_is_found_by_reconciling(cloud: Asking) -> None:
    cloud.site.unindexed.add("2")
    assert cloud.found("project = PAY") == ["PAY-1"]
    asked = {"jql": "project = PAY", "fields": ["key"], "reconcileIssues": [2]}
    _, page = cloud.post("api/3/search/jql", asked)
    assert [row["key"] for row in page["issues"]] == ["PAY-2", "PAY-1"]


def test_the_old_search_is_gone_on_cloud(cloud: Asking) -> None:
    status, said = cloud.get("api/2/search", jql="project = PAY")
    assert status == 410
    assert "has been removed" in said["errorMessages"][0]


def test_data_center_lacks_what_is_of_cloud(server: Asking) -> None:
    for path in ("api/2/search/jql", "api/2/issue/1/changelog", "api/2/project/search"):
        status, said = server.get(path)
        assert status == 404
        assert said["errors"] == {}


def test_data_center_searches_without_bounds_by_get_and_post(server: Asking) -> None:
    _, got = server.get("api/2/search", maxResults=0)
    _, posted = server.post("api/2/search", {"jql": "order by id", "fields": ["summary"]})
    assert (got["total"], got["issues"]) == (3, [])
    assert [row["id"] for row in posted["issues"]] == ["1", "2", "3"]


def test_projects_and_versions_come_in_pages_on_cloud(cloud: Asking) -> None:
    _, page = cloud.get("api/3/project/search", maxResults=1, startAt=1)
    _, chosen = cloud.get("api/3/project/search", keys=["PAY"])
    _, versions = cloud.get("api/3/project/PAY/version")
    _, project = cloud.get("api/3/project/100")
    assert [row["key"] for row in page["values"]] == ["WEB"]
    assert page["isLast"] is True
    assert [row["key"] for row in chosen["values"]] == ["PAY"]
    assert [row["name"] for row in versions["values"]] == ["PAY 1.0"]
    assert project["versions"] == versions["values"]


def test_members_of_a_group_come_in_pages_by_name_or_id(cloud: Asking) -> None:
    cloud.site.limits.member_page = 1
    _, active = cloud.get("api/3/group/member", groupname="product")
    asked = {"groupId": group_id("product"), "includeInactiveUsers": "true"}
    _, first = cloud.get("api/3/group/member", **asked)
    assert (active["total"], active["isLast"]) == (1, True)
    assert (first["total"], first["isLast"], len(first["values"])) == (2, False, 1)
    _, groups = cloud.get("api/3/group/bulk", groupName="product")
    assert groups["values"] == [{"name": "product", "groupId": group_id("product")}]


def test_what_an_account_may_not_see_does_not_exist_for_it(cloud: Asking) -> None:
    access = cloud.site.access
    access.hidden_projects.add("WEB")
    access.hidden_issues.add("2")
    access.sees_boards = access.sees_groups = False
    assert cloud.found("updated > 0") == ["PAY-1"]
    assert cloud.found("project = WEB") == [
        "The value 'WEB' does not exist for the field 'project'."
    ]
    paths = ("api/3/issue/2", "api/3/issue/WEB-1", "api/3/project/WEB", "agile/1.0/board")
    assert [cloud.get(path)[0] for path in paths] == [404, 404, 404, 403]
    assert cloud.get("api/3/group/member", groupname="product")[0] == 403
    permissions = {"projectKey": "WEB", "permissions": "BROWSE_PROJECTS"}
    _, said = cloud.get("api/3/mypermissions", **permissions)
    assert said["permissions"]["BROWSE_PROJECTS"]["havePermission"] is False
    _, bulk = cloud.post("api/3/changelog/bulkfetch", {"issueIdsOrKeys": ["3"]})
    assert bulk == {"issueChangeLogs": []}


def test_a_kanban_board_has_no_sprints_and_a_board_that_is_none_is_not_found(
    cloud: Asking,
) -> None:
    assert cloud.get("agile/1.0/board/2/sprint")[0] == 400
    assert cloud.get("agile/1.0/board/9/sprint")[0] == 404


def test_whatever_else_is_asked_is_refused_in_jiras_form(cloud: Asking) -> None:
    status, said = cloud.get("api/3/dashboard")
    assert status == 404
    assert said == {"errorMessages": ["null for uri: /rest/api/3/dashboard"], "errors": {}}
    assert cloud.post("api/3/search/jql", ["no object"])[0] == 400
    assert cloud.get("api/3/search/jql", jql="id = 1", maxResults="many")[0] == 400
    assert cloud.get("api/3/mypermissions")[0] == 400


def test_histories_of_41_101_and_400_entries_are_whole_by_bulk_and_cut_inline(
    cloud: Asking,
) -> None:
    for number, length in ((41, 41), (101, 101), (400, 400)):
        told = [history(1000 * number + n, at(7)) for n in range(length)]
        site = JiraSite("Cloud", issues=[issue(number, f"PAY-{number}", at(7), *told)])
        with served(site.app) as line:
            asking = Asking(line.url, cloud.session, site)
            _, got = asking.get(f"api/3/issue/{number}", expand="changelog")
            _, bulk = asking.post("api/3/changelog/bulkfetch", {"issueIdsOrKeys": [str(number)]})
        assert len(got["changelog"]["histories"]) == min(length, 100)
        assert got["changelog"]["total"] == length
        assert len(bulk["issueChangeLogs"][0]["changeHistories"]) == length
