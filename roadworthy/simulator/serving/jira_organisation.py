"""What the simulated organisation's Jira holds, beside its issues the catalogues and the people."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from roadworthy.simulator import jira_catalogue
from roadworthy.simulator import jira_values as shown
from roadworthy.simulator.jira import Tracker
from roadworthy.simulator.jira_values import SITE
from roadworthy.simulator.organisation import Organisation
from roadworthy.simulator.people import PEOPLE, TEAMS, Person, Team
from roadworthy.simulator.release import Sprint
from roadworthy.simulator.serving.jira_rows import Json
from roadworthy.simulator.serving.jira_server_form import as_server

AGILE = f"{SITE}/rest/agile/1.0"
GROUPS = {
    "product-managers": "product",
    "engineers": "engineering",
    "executives": "ceo",
    "automation": "bot",
}
"""Which role's people are in which group."""


def contents(organisation: Organisation, *, is_cloud: bool) -> dict[str, Any]:
    """Everything of the organisation that a Jira site is made of."""
    tracker = Tracker(organisation)
    held: dict[str, Any] = {
        "projects": [shown.project(team) for team in TEAMS],
        "issues": [tracker.issue(issue) for issue in organisation.issues],
        "fields": jira_catalogue.fields(),
        "statuses": jira_catalogue.statuses(organisation),
        "versions": _versions(organisation),
        "boards": [_board(team) for team in TEAMS],
        "sprints": _sprints(organisation),
        "groups": {
            name: [shown.user(person) for person in PEOPLE if person.role == role]
            for name, role in GROUPS.items()
        },
        "project_roles": {team.key: _roles(team) for team in TEAMS},
    }
    return held if is_cloud else as_server(held)


def _versions(organisation: Organisation) -> dict[str, list[Json]]:
    rows = jira_catalogue.versions(organisation)
    return {
        team.key: [row for row in rows if row["projectId"] == int(team.project_id)]
        for team in TEAMS
    }


def _board(team: Team) -> Json:
    board_id = TEAMS.index(team) + 1
    return {
        "id": board_id,
        "self": f"{AGILE}/board/{board_id}",
        "name": f"{team.title} board",
        "type": "scrum",
        "location": {
            "projectId": int(team.project_id),
            "projectKey": team.key,
            "projectName": team.title,
            "displayName": f"{team.title} ({team.key})",
            "name": f"{team.title} ({team.key})",
            "projectTypeKey": "software",
        },
        "isPrivate": False,
    }


def _sprints(organisation: Organisation) -> dict[int, list[Json]]:
    boards: dict[int, list[Json]] = {place + 1: [] for place in range(len(TEAMS))}
    for sprint in organisation.sprints:
        boards[sprint.board_id].append(_sprint(sprint, organisation.ends_at))
    return boards


def _sprint(sprint: Sprint, at: datetime) -> Json:
    """The sprint as the agile API shows it, which tells its times in UTC."""
    row = {
        "id": int(sprint.id),
        "self": f"{AGILE}/sprint/{sprint.id}",
        "state": sprint.state_at(at),
        "name": sprint.name,
        "startDate": _utc(sprint.starts_at),
        "endDate": _utc(sprint.ends_at),
        "originBoardId": sprint.board_id,
        "goal": "",
    }
    return row | ({"completeDate": _utc(sprint.ends_at)} if row["state"] == "closed" else {})


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC).isoformat(timespec='milliseconds')[:-6]}Z"


def _roles(team: Team) -> list[Json]:
    return [
        _role(team, 10002, "Administrators", (team.lead,)),
        _role(team, 10100, "Product", team.managers),
        _role(team, 10101, "Engineering", (team.lead, *team.engineers)),
    ]


def _role(team: Team, role_id: int, name: str, people: Iterable[Person]) -> Json:
    return {
        "self": f"{shown.API}/project/{team.project_id}/role/{role_id}",
        "name": name,
        "id": role_id,
        "description": "",
        "actors": [
            {
                "id": role_id * 100 + place,
                "displayName": person.name,
                "type": "atlassian-user-role-actor",
                "actorUser": {"accountId": person.account_id},
            }
            for place, person in enumerate(people)
        ],
    }
