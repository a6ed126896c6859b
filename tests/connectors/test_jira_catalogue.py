"""What issues refer to: versions, sprints, groups and roles, and what may not be seen of them."""

import json
from datetime import date
from typing import Any

import pytest
from werkzeug import Response

from connectors.jira import payloads
from connectors.protocol import NotVisibleError, Record, Resource
from roadworthy.simulator.serving import jira_events
from roadworthy.simulator.serving.faults import Planned, Rewrite, Status
from roadworthy.simulator.serving.jira_site import JiraSite
from tests.connectors.live_jira import PROJECT, Deployment, Reading, issue, reading

BOTH = pytest.mark.parametrize("deployment", ["Cloud", "Server"])
WEB = {"id": "10101", "key": "WEB", "name": "Web"}
PEOPLE: dict[Deployment, list[dict[str, Any]]] = {
    "Cloud": [{"accountId": f"557058:{n}", "displayName": f"P {n}"} for n in range(60)],
    "Server": [{"key": f"JIRAUSER{n}", "name": f"p{n}", "displayName": "P"} for n in range(60)],
}


def _board(number: int, kind: str, project: dict[str, str]) -> dict[str, Any]:
    place = {"projectId": int(project["id"]), "projectKey": project["key"]}
    return {"id": number, "name": f"Board {number}", "type": kind, "location": place}


def site(deployment: Deployment) -> JiraSite:
    boards = [_board(1, "scrum", PROJECT), _board(2, "kanban", PROJECT), _board(3, "scrum", WEB)]
    boards.append(_board(4, "simple", PROJECT))
    sprints = [{"id": n, "name": f"Sprint {n}", "state": "closed"} for n in range(1, 121)]
    return JiraSite(
        deployment,
        issues=[issue(1)],
        projects=[PROJECT, WEB],
        fields=[{"id": "customfield_1", "name": "Sprint", "custom": True}],
        statuses=[{"id": "1", "name": "Open", "statusCategory": {"key": "new"}}],
        versions={
            "PAY": [{"id": "9", "name": "1.0", "releaseDate": "2026-04-01", "released": False}],
            "WEB": [{"id": "10", "name": "2.0"}],
        },
        boards=boards,
        sprints={
            1: sprints,
            4: [{"id": 200, "name": "Ours", "state": "active"}],
            3: [{"id": 900, "name": "Web 1", "state": "active"}],
        },
        groups={"product-managers": PEOPLE[deployment], "empty": []},
    )


def read(jira: Reading, resource: Resource, **scope: Any) -> tuple[list[Record], str]:
    """The records of a resource once the issues were read, and what could not be seen."""
    connector = jira.connector(**scope)
    records: list[Record] = []
    try:
        list(connector.fetch(payloads.ISSUES, None))
        for page in connector.fetch(resource, None):
            records += page.records
    except NotVisibleError as error:
        return records, str(error)
    finally:
        connector.close()
    return records, ""


@BOTH
@pytest.mark.parametrize(
    ("resource", "keys"),
    [
        (payloads.FIELDS, ["customfield_1"]),
        (payloads.STATUSES, ["1"]),
        (payloads.VERSIONS, ["9"]),
        (payloads.SPRINTS, [*map(str, range(1, 121)), "200"]),
    ],
    ids=["fields", "statuses", "versions", "sprints"],
)
def test_each_thing_comes_once_and_only_of_the_projects_declared(
    deployment: Deployment, resource: Resource, keys: list[str]
) -> None:
    with reading(site(deployment)) as jira:
        records, lacks = read(jira, resource)
    assert [record.key for record in records] == keys
    assert lacks == ""


def test_a_query_of_ones_own_brings_the_versions_of_the_projects_it_met() -> None:
    with reading(site("Cloud")) as jira:
        records, _ = read(jira, payloads.VERSIONS, projects=(), jql="project in (PAY, WEB)")
    assert [(record.key, record.payload["projectId"]) for record in records] == [("9", "10100")]


@BOTH
def test_a_release_date_that_moved_is_another_payload(deployment: Deployment) -> None:
    jira_site = site(deployment)
    with reading(jira_site) as jira:
        before, _ = read(jira, payloads.VERSIONS)
        jira_events.redate_version(jira_site, "9", date(2026, 5, 1))
        after, _ = read(jira, payloads.VERSIONS)
    assert (before[0].payload["releaseDate"], after[0].payload["releaseDate"]) == (
        "2026-04-01",
        "2026-05-01",
    )


@BOTH
def test_a_group_is_one_record_with_all_its_members(deployment: Deployment) -> None:
    with reading(site(deployment)) as jira:
        records, lacks = read(
            jira, payloads.GROUPS, groups=("group:product-managers", "group:empty", "group:nobody")
        )
    assert [(one.key, len(one.payload["members"])) for one in records] == [
        ("group:product-managers", 60),
        ("group:empty", 0),
    ]
    assert lacks.startswith("members of group:nobody are unknown: acme: group nobody")


@BOTH
def test_a_project_role_has_the_people_in_it_and_in_its_groups(deployment: Deployment) -> None:
    jira_site = site(deployment)
    person = PEOPLE[deployment][0]
    account = {"accountId": person.get("accountId")}
    one = {"id": 1, "type": "atlassian-user-role-actor", "displayName": "P 0"}
    one |= {"actorUser": account} if deployment == "Cloud" else {"name": "p0"}
    group = {"name": "product-managers", "displayName": "product-managers"}
    many = {"id": 2, "type": "atlassian-group-role-actor", "actorGroup": group}
    jira_site.project_roles = {"PAY": [{"id": 10002, "name": "Leads", "actors": [one, many]}]}
    with reading(jira_site) as jira:
        records, lacks = read(jira, payloads.GROUPS, groups=("role:Leads",))
    assert [(one.key, len(one.payload["members"])) for one in records] == [("role:Leads", 61)]
    assert lacks == ""


@BOTH
def test_boards_that_may_not_be_seen_are_said_to_be_so(deployment: Deployment) -> None:
    jira_site = site(deployment)
    jira_site.access.sees_boards = False
    with reading(jira_site) as jira:
        records, lacks = read(jira, payloads.SPRINTS)
    assert records == []
    assert lacks.startswith("acme: boards and their sprints: not there, or not for this account")


@BOTH
def test_of_two_projects_the_one_that_may_be_seen_has_its_versions(deployment: Deployment) -> None:
    hidden = Planned(r"project/WEB$", None, Status(404))
    with reading(site(deployment), hidden) as jira:
        records, lacks = read(jira, payloads.VERSIONS, projects=("PAY", "WEB"))
    assert [record.key for record in records] == ["9"]
    assert lacks == (
        "acme: versions of WEB: not there, or not for this account to see (404); give it the "
        "permission to browse"
    )


@BOTH
def test_a_board_whose_sprints_are_refused_is_said_to_be_so(deployment: Deployment) -> None:
    denied = Planned(r"board/1/sprint", None, Status(403))
    with reading(site(deployment), denied) as jira:
        records, lacks = read(jira, payloads.SPRINTS)
    assert [record.key for record in records] == ["200"]
    assert lacks.startswith("acme: sprints: not there, or not for this account to see (403)")


def test_a_server_that_gives_one_page_for_ever_is_left_after_its_second() -> None:
    def repeat(answer: dict[str, Any]) -> None:
        answer["isLast"] = False

    jira_site = site("Server")
    first_only = Planned(
        lambda request: "group/member" in request.path and request.args["startAt"] != "0",
        None,
        Rewrite(lambda _: Response(json.dumps({"values": PEOPLE["Server"][:50], "isLast": False}))),
    )
    with reading(
        jira_site, first_only, Planned("group/member", None, Rewrite.json(repeat))
    ) as jira:
        records, _ = read(jira, payloads.GROUPS, groups=("group:product-managers",))
        assert len(jira.asked("group/member")) == 2
    assert len(records[0].payload["members"]) == 50
