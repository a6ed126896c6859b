"""The ids of everything that is there: what vanished, and what came into view unchanged."""

from typing import Any

import pytest
from werkzeug import Response

from connectors.jira import payloads
from connectors.protocol import ConnectorError
from roadworthy.simulator.serving import jira_events
from roadworthy.simulator.serving.faults import Act, Planned, Rewrite
from roadworthy.simulator.serving.jira_site import JiraSite
from tests.connectors.live_jira import PROJECT, Deployment, Reading, at, issue, reading

BOTH = pytest.mark.parametrize("deployment", ["Cloud", "Server"])
ALL = frozenset(map(str, range(1, 31)))


def site(deployment: Deployment) -> JiraSite:
    projects = [PROJECT, {"id": "10101", "key": "ELSE", "name": "Elsewhere"}]
    issues = [issue(number, updated=number) for number in range(1, 31)]
    return JiraSite(deployment, issues=issues, projects=projects)


def census(jira: Reading, known: frozenset[str], **scope: Any) -> frozenset[str] | None:
    connector = jira.connector(**scope)
    try:
        return connector.census(payloads.ISSUES, known)
    finally:
        connector.close()


@BOTH
@pytest.mark.parametrize("vanish", ["delete", "hide", "archive", "move"])
def test_what_vanished_is_not_in_it(deployment: Deployment, vanish: str) -> None:
    jira_site = site(deployment)
    match vanish:
        case "move":
            jira_events.move(jira_site, "7", at(100), "ELSE")
        case _:
            getattr(jira_events, vanish)(jira_site, "7")
    with reading(jira_site) as jira:
        assert census(jira, ALL) == ALL - {"7"}


@BOTH
def test_what_came_into_view_unchanged_is_in_it_and_can_be_fetched(deployment: Deployment) -> None:
    jira_site = site(deployment)
    with reading(jira_site) as jira:
        assert census(jira, ALL - {"7"}) == ALL
        connector = jira.connector()
        pages = list(connector.fetch_only(payloads.ISSUES, ["7", "8"]))
        connector.close()
    assert [record.key for page in pages for record in page.records] == ["7", "8"]
    assert {page.next_cursor for page in pages} == {None}


@BOTH
def test_an_issue_that_vanishes_before_it_is_fetched_costs_itself_alone(
    deployment: Deployment,
) -> None:
    jira_site = site(deployment)
    jira_events.delete(jira_site, "8")
    with reading(jira_site) as jira:
        connector = jira.connector()
        pages = list(connector.fetch_only(payloads.ISSUES, ["6", "7", "8", "9"]))
        connector.close()
    assert [record.key for page in pages for record in page.records] == ["6", "7", "9"]


def test_on_a_data_center_a_count_that_agrees_is_enough() -> None:
    with reading(site("Server")) as jira:
        assert census(jira, ALL) is None
        assert len(jira.asked("/search")) == 1


@BOTH
def test_only_what_was_touched_since_the_day_declared_is_counted(deployment: Deployment) -> None:
    with reading(site(deployment)) as jira:
        assert census(jira, frozenset(), since=at(20)) == frozenset(map(str, range(20, 31)))


def test_an_issue_deleted_while_a_data_center_is_enumerated_hides_no_other() -> None:
    jira_site = site("Server")
    jira_site.limits.page = jira_site.limits.bare_page = 10
    delete = Act(lambda: jira_events.delete(jira_site, "1"))
    with reading(jira_site, Planned("/search", frozenset({3}), delete)) as jira:
        assert census(jira, ALL - {"30"}) == ALL - {"1"}


def test_an_enumeration_in_circles_ends() -> None:
    jira_site, tokens = site("Cloud"), list[str]()
    jira_site.limits.bare_page = 10

    def repeat(answer: dict[str, Any]) -> None:
        tokens.append(answer.get("nextPageToken", ""))
        answer["nextPageToken"], answer["isLast"] = tokens[0], False

    with (
        reading(jira_site, Planned("/search", None, Rewrite.json(repeat))) as jira,
        pytest.raises(ConnectorError, match="the same page again and again"),
    ):
        census(jira, ALL)


def test_of_a_data_center_that_never_stands_still_all_that_was_seen_is_there() -> None:
    jira_site = site("Server")
    jira_site.limits.page = jira_site.limits.bare_page = 10
    deleted: list[int] = []

    def delete() -> None:
        deleted.append(len(deleted) + 1)
        jira_events.delete(jira_site, str(deleted[-1]))

    every = Planned("/search", None, Act(delete))
    with reading(jira_site, every) as jira:
        shown = census(jira, ALL | {"99"})
    assert shown is not None
    assert {str(n) for n in range(deleted[-1] + 1, 31)} <= shown


@BOTH
def test_a_server_that_gives_fewer_than_were_asked_for_is_asked_for_the_others(
    deployment: Deployment,
) -> None:
    jira_site = site(deployment)
    jira_site.limits.page = 7
    with reading(jira_site) as jira:
        connector = jira.connector()
        pages = list(connector.fetch_only(payloads.ISSUES, sorted(ALL)))
        connector.close()
    assert {record.key for page in pages for record in page.records} == ALL


def test_a_cloud_is_asked_who_we_are_before_anything_else() -> None:
    jira_site = site("Cloud")
    with reading(jira_site) as jira:
        connector = jira.connector()
        jira_site.access.email = "somebody.else@acme.example"
        with pytest.raises(ConnectorError, match="did not accept the credentials"):
            list(connector.fetch(payloads.ISSUES, None))
        connector.close()
        assert [entry.path.rpartition("/")[2] for entry in jira.server.log] == [
            "serverInfo",
            "myself",
        ]


@BOTH
def test_an_enumeration_that_is_none_makes_nothing_missing(deployment: Deployment) -> None:
    said = '{"message": "Service is warming up"}'
    gateway = Rewrite(lambda _: Response(said, content_type="application/json"))
    with reading(site(deployment), Planned("/search", frozenset({1, 2}), gateway)) as jira:
        assert census(jira, ALL | {"99"}) == ALL
        assert len(jira.waits) == 2
