"""The simulated organisation behind a Jira of either kind."""

from typing import Any

import pytest
from werkzeug import Request
from werkzeug.test import EnvironBuilder

from roadworthy.simulator import Organisation
from roadworthy.simulator.people import TEAMS
from roadworthy.simulator.serving.jira_site import Deployment, JiraSite
from tests.roadworthy.simulator.serving.acme import AUTH, BEARER

pytestmark = pytest.mark.slow


def ask(site: JiraSite, path: str) -> Any:
    auth = {"auth": AUTH} if site.is_cloud else {"headers": BEARER}
    response = site.app(Request(EnvironBuilder(path=f"/rest/{path}", **auth).get_environ()))
    assert response.status_code == 200
    return response.get_json()


@pytest.fixture(scope="module")
def cloud(organisation: Organisation) -> JiraSite:
    return JiraSite.of(organisation)


@pytest.fixture(scope="module")
def server(organisation: Organisation) -> JiraSite:
    return JiraSite.of(organisation, "Server")


def test_it_holds_every_issue_with_its_whole_history(
    cloud: JiraSite, organisation: Organisation
) -> None:
    assert len(cloud.rows) == len(organisation.issues)
    assert {r.id: len(r.entries) for r in cloud.rows.values()} == {
        int(i.id): len(i.edits) for i in organisation.issues
    }


@pytest.mark.parametrize("deployment", ["Cloud", "Server"])
def test_every_team_has_versions_a_board_with_sprints_and_roles(
    deployment: Deployment, request: pytest.FixtureRequest
) -> None:
    site: JiraSite = request.getfixturevalue(deployment.lower())
    for team in TEAMS:
        assert ask(site, f"api/2/project/{team.key}/versions")
        (board,) = ask(site, f"agile/1.0/board?projectKeyOrId={team.key}")["values"]
        assert ask(site, f"agile/1.0/board/{board['id']}/sprint")["total"] > 30
        assert len(ask(site, f"api/2/project/{team.key}/role")) == 3


def test_roles_can_be_read_from_groups(cloud: JiraSite) -> None:
    leads = ask(cloud, "api/3/group/member?groupname=executives")
    assert [user["displayName"] for user in leads["values"]] == ["Ada Okafor"]
    engineers = ask(cloud, "api/3/group/member?groupname=engineers")
    assert engineers["total"] == 25


def test_data_center_knows_people_by_key_and_no_field_by_id(server: JiraSite) -> None:
    text = str([row.whole for row in server.rows.values()])
    assert "accountId" not in text
    assert "fieldId" not in text
    assert "'from': '557058:" not in text
    assert "'key': 'JIRAUSER101" in text
    assert "Sprint@" in text
