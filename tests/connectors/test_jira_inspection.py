"""What a Jira says of itself, over HTTP: kinds, counts and names of things, never of people."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from werkzeug import Request, Response

from connectors.answers import RefusedError
from connectors.jira.inspection import Account, Field, JiraInspection, Project, Status
from connectors.jira.scope import Scope
from connectors.protocol import NotVisibleError
from roadworthy.simulator.serving.jira_site import JiraSite
from roadworthy.simulator.serving.server import served
from tests.connectors.live_jira import PROJECT, Deployment, Reading, issue, reading

OPEN = {"id": "1", "name": "Open", "statusCategory": {"key": "new", "name": "Zu erledigen"}}
ODD = {"id": "7", "name": "Odd"}
BOTH = pytest.mark.parametrize("deployment", ["Cloud", "Server"])


def site(deployment: Deployment) -> JiraSite:
    people = [{"accountId": f"a{number}", "name": f"n{number}"} for number in range(3)]
    person = {"type": "atlassian-user-role-actor", "name": "x", "displayName": "x"}
    crew = {"type": "atlassian-group-role-actor", "displayName": "engineers"}
    role = {
        "id": 10001,
        "name": "Developers",
        "actors": [person, person, {**crew, "name": "engineers"}],
    }
    more: dict[str, Any] = {"project_roles": {"PAY": [role]}, "groups": {"engineers": people}}
    return JiraSite(
        deployment,
        projects=[PROJECT, {"id": "10200", "key": "WEB", "name": "Web"}],
        issues=[issue(1), issue(2)],
        fields=[{"id": "duedate", "name": "Due date"}],
        statuses=[OPEN, ODD],
        **more,
    )


@contextmanager
def asking(jira: JiraSite) -> Iterator[JiraInspection]:
    with reading(jira) as live:
        connector = live.connector()
        try:
            yield JiraInspection(connector.client)
        finally:
            connector.close()


def test_the_account_is_told_by_its_kind_and_its_zone() -> None:
    with asking(site("Cloud")) as ask:
        assert ask.account() == Account("a person's account", "Europe/Berlin")
    with asking(site("Server")) as ask:
        assert ask.account() == Account("an account", "Europe/Berlin")


@BOTH
def test_projects_fields_and_statuses_have_their_names(deployment: Deployment) -> None:
    with asking(site(deployment)) as ask:
        assert ask.deployment() == deployment
        assert ask.projects() == [Project("PAY", "Payments"), Project("WEB", "Web")]
        assert ask.fields() == [Field("duedate", "Due date")]
        assert ask.workflow("PAY") == [Status("1", "Open", "new"), Status("7", "Odd", None)]
        assert ask.statuses() == ask.workflow("PAY")


def test_a_server_that_ignores_where_a_page_begins_is_left() -> None:
    page = {"values": [{"key": "PAY", "name": "Payments"}], "isLast": False}

    def app(request: Request) -> Response:
        told = {"deploymentType": "Cloud"} if request.path.endswith("serverInfo") else page
        return Response(json.dumps(told), mimetype="application/json")

    with served(app) as server:
        connector = Reading(site("Cloud"), server).connector()
        assert JiraInspection(connector.client).projects() == [Project("PAY", "Payments")]
        connector.close()


@BOTH
def test_a_project_that_is_hidden_or_not_there_cannot_be_browsed(deployment: Deployment) -> None:
    jira = site(deployment)
    jira.access.hidden_projects.add("WEB")
    with asking(jira) as ask:
        assert [ask.may_browse(key) for key in ("PAY", "WEB", "NOPE")] == [True, False, False]


@BOTH
def test_groups_and_roles_have_a_number_of_members(deployment: Deployment) -> None:
    with asking(site(deployment)) as ask:
        assert ask.groups() == ["engineers"]
        assert ask.members("engineers") == 3
        assert ask.holders("Developers", ("PAY", "WEB")) == 4
        assert ask.holders("Nobodies", ("PAY",)) == 0


def test_groups_that_may_not_be_seen_say_so() -> None:
    jira = site("Cloud")
    jira.access.sees_groups = False
    with asking(jira) as ask, pytest.raises(NotVisibleError):
        ask.members("engineers")


@BOTH
def test_a_query_that_is_none_is_refused_in_the_trackers_words(
    deployment: Deployment,
) -> None:
    with asking(site(deployment)) as ask:
        ask.try_query(Scope((), "project = PAY", None))
        with pytest.raises(RefusedError, match="Field 'colour' does not exist"):
            ask.try_query(Scope((), "colour = red", None))
