"""What issues refer to: versions, sprints, groups and roles, and what may not be seen of them."""

from datetime import date
from typing import Any

import pytest

from connectors.jira import payloads
from connectors.protocol import NotVisibleError, Record, Resource
from roadworthy.simulator.serving import jira_events
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
        sprints={1: sprints, 3: [{"id": 900, "name": "Web 1", "state": "active"}]},
        groups={"product-managers": PEOPLE[deployment], "empty": []},
    )


def read(jira: Reading, resource: Resource, **scope: Any) -> tuple[list[Record], tuple[str, ...]]:
    """The records of a resource once the issues were read, and what could not be seen."""
    connector = jira.connector(**scope)
    try:
        list(connector.fetch(payloads.ISSUES, None))
        pages = list(connector.fetch(resource, None))
        return [record for page in pages for record in page.records], connector.snapshot().lacks
    finally:
        connector.close()


@BOTH
@pytest.mark.parametrize(
    ("resource", "keys"),
    [
        (payloads.FIELDS, ["customfield_1"]),
        (payloads.STATUSES, ["1"]),
        (payloads.VERSIONS, ["9"]),
        (payloads.SPRINTS, [str(n) for n in range(1, 121)]),
    ],
    ids=["fields", "statuses", "versions", "sprints"],
)
def test_each_thing_comes_once_and_only_of_the_projects_declared(
    deployment: Deployment, resource: Resource, keys: list[str]
) -> None:
    with reading(site(deployment)) as jira:
        records, lacks = read(jira, resource)
    assert [record.key for record in records] == keys
    assert lacks == ()


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
    assert len(lacks) == 1
    assert lacks[0].startswith("members of group:nobody are unknown: acme: group nobody")


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
    assert lacks == ()


@BOTH
def test_boards_that_may_not_be_seen_are_said_to_be_so(deployment: Deployment) -> None:
    jira_site = site(deployment)
    jira_site.access.sees_boards = False
    with (
        reading(jira_site) as jira,
        pytest.raises(NotVisibleError, match="acme: boards and their sprints: not there, or not"),
    ):
        read(jira, payloads.SPRINTS)


@BOTH
def test_a_project_that_may_not_be_seen_costs_its_versions_alone(deployment: Deployment) -> None:
    jira_site = site(deployment)
    with reading(jira_site) as jira:
        connector = jira.connector()
        list(connector.fetch(payloads.ISSUES, None))
        jira_site.access.hidden_projects.add("PAY")
        assert list(connector.fetch(payloads.VERSIONS, None)) == []
        assert connector.snapshot().lacks == (
            (
                "acme: versions of PAY: not there, or not for this account to see (404); give it "
                "the permission to browse"
            ),
        )
        connector.close()
