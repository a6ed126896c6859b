"""The client library, as it is installed, against the simulated Jira."""

from collections.abc import Iterator
from contextlib import contextmanager

import jira
import pytest

from roadworthy.simulator.serving import jira_events as events
from roadworthy.simulator.serving.faults import Act, Faults, Planned, Rewrite, Status
from roadworthy.simulator.serving.jira_access import Access
from roadworthy.simulator.serving.jira_site import JiraSite
from roadworthy.simulator.serving.server import Served, served
from tests.roadworthy.simulator.serving.acme import AUTH, MARA, acme, at, issue


@contextmanager
def cloud(site: JiraSite, *planned: Planned) -> Iterator[tuple[jira.JIRA, Served]]:
    with served(site.app, faults=Faults(*planned)) as line:
        client = jira.JIRA(line.url, basic_auth=AUTH, timeout=5, max_retries=0)
        yield client, line
        client.close()  # type: ignore[no-untyped-call]


@contextmanager
def data_center(site: JiraSite) -> Iterator[tuple[jira.JIRA, Served]]:
    with served(site.app) as line:
        client = jira.JIRA(line.url, token_auth="simulated-token", timeout=5, max_retries=0)  # noqa: S106 - of the simulation
        yield client, line
        client.close()  # type: ignore[no-untyped-call]


def test_cloud_is_taken_for_cloud_and_pages_by_token() -> None:
    site = acme()
    site.limits.page = 2
    with cloud(site) as (client, line):
        ask = client.enhanced_search_issues
        jql = "project in (PAY, WEB) order by updated asc, key asc"
        first = ask(jql, maxResults=100, expand="changelog", json_result=True)
        token = first["nextPageToken"]
        second = ask(jql, nextPageToken=token, maxResults=100, json_result=True)
    assert client.deploymentType == "Cloud"
    assert [row["key"] for row in first["issues"]] == ["PAY-1", "PAY-2"]
    assert first["isLast"] is False
    assert [row["key"] for row in second["issues"]] == ["WEB-1"]
    assert second["isLast"] is True
    assert "nextPageToken" not in second
    assert "changelog" not in second["issues"][0]
    assert [entry.path for entry in line.log] == [
        "/rest/api/2/serverInfo",
        "/rest/api/2/field",
        "/rest/api/2/search/jql",
        "/rest/api/2/search/jql",
    ]


def test_the_library_fetches_all_pages_by_get_and_by_post() -> None:
    site = acme()
    site.limits.page = 1
    with cloud(site) as (client, _):
        by_get = client.enhanced_search_issues("project = PAY", maxResults=0)
        by_post = client.enhanced_search_issues("project = PAY", maxResults=0, use_post=True)
    assert [row.key for row in by_get] == [row.key for row in by_post] == ["PAY-2", "PAY-1"]
    assert by_get[0].fields.summary == "About PAY-2"
    assert by_get[0].fields.status.name == "To Do"


def test_a_search_that_names_fields_gets_those() -> None:
    with cloud(acme()) as (client, _):
        found = client.enhanced_search_issues("id = 1", fields="summary", json_result=True)
        bare = client.enhanced_search_issues("id = 1", fields="id", json_result=True)
    assert found["issues"][0]["fields"] == {"summary": "About PAY-1"}
    assert bare["issues"] == [{"id": "1"}]


def test_issues_without_their_fields_come_five_thousand_at_once() -> None:
    more = [issue(100 + n, f"WEB-{100 + n}", at(7)) for n in range(150)]
    with cloud(acme("Cloud", *more)) as (client, _):
        search = client.enhanced_search_issues
        bare = search("project = WEB", maxResults=5000, fields="id", json_result=True)
        full = search("project = WEB", maxResults=5000, fields="summary", json_result=True)
    assert (len(bare["issues"]), len(full["issues"])) == (151, 100)


def test_counting_is_cheap() -> None:
    with cloud(acme()) as (client, _):
        assert client.approximate_issue_count("project = PAY") == 2


def test_data_center_pages_by_offset_and_tells_the_total() -> None:
    with data_center(acme("Server")) as (client, line):
        ask = client.search_issues
        jql = "project in (PAY, WEB) order by key"
        page = ask(jql, startAt=1, maxResults=1, expand="changelog", json_result=True)
        everything = client.search_issues("order by key", maxResults=0)
    assert (page["startAt"], page["maxResults"], page["total"]) == (1, 1, 3)
    assert [row["key"] for row in page["issues"]] == ["PAY-2"]
    assert [row.key for row in everything] == ["PAY-1", "PAY-2", "WEB-1"]
    assert line.log[-1].path == "/rest/api/2/search"


def test_data_center_gives_every_history_inline_oldest_first() -> None:
    with data_center(acme("Server")) as (client, _):
        found = client.search_issues("id = 1", expand="changelog")
    assert [history.id for history in found[0].changelog.histories] == ["11", "12", "14"]


def test_cloud_gives_the_newest_histories_inline_and_the_number_of_all() -> None:
    site = acme()
    site.limits.inline_histories = 2
    with cloud(site) as (client, _):
        found = client.enhanced_search_issues("id = 1", expand="changelog", json_result=True)
        alone = client.issue("PAY-1", expand="changelog")
    changelog = found["issues"][0]["changelog"]
    assert [history["id"] for history in changelog["histories"]] == ["14", "12"]
    assert (changelog["maxResults"], changelog["total"]) == (2, 3)
    assert [history.id for history in alone.changelog.histories] == ["14", "12"]


def test_the_library_reads_all_catalogues() -> None:
    for site, connect in ((acme(), cloud), (acme("Server"), data_center)):
        with connect(site) as (client, _):
            assert [field["id"] for field in client.fields()] == ["summary", "customfield_10016"]
            assert [status.name for status in client.statuses()] == ["To Do", "Done"]
            assert [project.key for project in client.projects()] == ["PAY", "WEB"]
            assert client.project("PAY").name == "Payments"
            versions = client.project_versions("PAY")
            assert [version.releaseDate for version in versions] == ["2026-02-01"]
            kinds = client.issue_types_for_project("WEB")
            assert [kind.name for kind in kinds] == ["Bug"]
            assert client.project_roles("PAY")["Product"]["id"] == "10100"
            assert client.project_role("PAY", "10100").name == "Product"


def test_the_library_reads_boards_and_sprints_page_by_page() -> None:
    with cloud(acme()) as (client, _):
        boards = client.boards(projectKeyOrID="PAY")
        every = client.boards(maxResults=0)
        sprints = client.sprints(1, maxResults=1)
        active = client.sprints(1, state="active")
    assert [board.name for board in boards] == ["Payments"]
    assert len(every) == 2
    assert [sprint.name for sprint in sprints] == ["One"]
    assert [sprint.name for sprint in active] == ["Two"]


def test_the_library_reads_groups_of_more_than_a_page() -> None:
    site = acme()
    crowd = [{**MARA, "accountId": f"557058:{n:03}"} for n in range(120)]
    site.groups["crowd"] = crowd
    with cloud(site) as (client, _):
        assert client.groups() == ["crowd", "engineers", "product"]
        assert list(client.group_members("crowd")) == [user["accountId"] for user in crowd]


def test_the_library_asks_who_it_is_and_what_it_may() -> None:
    with cloud(acme()) as (client, _):
        assert client.myself()["timeZone"] == "Europe/Berlin"
        asked = client.my_permissions(projectKey="PAY", permissions="BROWSE_PROJECTS")
    with data_center(acme("Server")) as (client, _):
        assert client.myself()["name"] == "reader"
    assert str(asked["permissions"]["BROWSE_PROJECTS"]["havePermission"]) == "True"


def test_a_wrong_token_is_nobody_on_cloud_and_a_stranger_on_data_center() -> None:
    wrong = Access(token="another")  # noqa: S106 - of the simulation
    site = acme()
    site.access = wrong
    with cloud(site) as (client, _):
        assert client.enhanced_search_issues("project = PAY") == []
        with pytest.raises(jira.JIRAError) as refused:
            client.myself()
    assert refused.value.status_code == 401
    site = acme("Server")
    site.access = wrong
    with pytest.raises(jira.JIRAError) as refused, data_center(site):
        pass
    assert refused.value.status_code == 401


def test_a_planned_limit_reaches_the_library_as_its_own_error() -> None:
    limit = Planned("search/jql", frozenset({1}), Status(429, "{}", retry_after=300))
    with cloud(acme(), limit) as (client, line):
        with pytest.raises(jira.JIRAError) as refused:
            client.enhanced_search_issues("project = PAY")
        assert len(client.enhanced_search_issues("project = PAY")) == 2
    assert refused.value.status_code == 429
    assert refused.value.response is not None
    assert refused.value.response.headers["Retry-After"] == "300"
    assert [entry.status for entry in line.log[-2:]] == [429, 200]


def test_an_issue_can_change_between_two_pages() -> None:
    site = acme()
    site.limits.page = 1
    change = Act(lambda: events.edit(site, "PAY-1", at(8), {"summary": "Later"}))
    with cloud(site, Planned("search/jql", frozenset({2}), change)) as (client, _):
        found = client.enhanced_search_issues("updated > 0 order by updated", maxResults=0)
    assert [row.key for row in found] == ["PAY-1", "PAY-2", "WEB-1", "PAY-1"]


def test_a_token_can_be_made_to_repeat() -> None:
    site = acme()
    site.limits.page = 1
    repeat = Rewrite.json(lambda page: page.update(nextPageToken="again"))
    with cloud(site, Planned("search/jql", None, repeat)) as (client, _):
        page = client.enhanced_search_issues("project = PAY", json_result=True)
    assert page["nextPageToken"] == "again"
