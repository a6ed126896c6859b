"""A Jira small enough to know by heart: two projects, three issues, and who reads them."""

from datetime import UTC, datetime
from typing import Any

from roadworthy.simulator.serving.jira_site import Deployment, JiraSite
from roadworthy.simulator.stamps import jira_stamp

Json = dict[str, Any]

PAY = {"id": "100", "key": "PAY", "name": "Payments"}
WEB = {"id": "101", "key": "WEB", "name": "Web"}
TO_DO = {"id": "1", "name": "To Do", "statusCategory": {"key": "new"}}
DONE = {"id": "3", "name": "Done", "statusCategory": {"key": "done"}}
STORY = {"id": "10001", "name": "Story"}
BUG = {"id": "10003", "name": "Bug"}
MARA: Json = {"accountId": "557058:mara", "displayName": "Mara", "active": True}
OMAR: Json = {"accountId": "557058:omar", "displayName": "Omar", "active": False}
AUTH = ("reader@acme.example", "simulated-token")
BEARER = {"Authorization": "Bearer simulated-token"}


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 1, day, hour, minute, tzinfo=UTC)


def history(number: int, when: datetime, *items: Json) -> Json:
    return {"id": str(number), "author": MARA, "created": jira_stamp(when), "items": list(items)}


def change(field: str, was: str | None, now: str | None) -> Json:
    sides = {"from": None, "fromString": was, "to": None, "toString": now}
    return {"field": field, "fieldtype": "jira", "fieldId": field, **sides}


def issue(number: int, key: str, updated: datetime, *histories: Json, **fields: Any) -> Json:
    project = {"PAY": PAY, "WEB": WEB}[key.partition("-")[0]]
    return {
        "expand": "changelog",
        "id": str(number),
        "self": f"https://acme.atlassian.net/rest/api/2/issue/{number}",
        "key": key,
        "changelog": {"histories": list(histories)},
        "fields": {
            "summary": f"About {key}",
            "project": project,
            "issuetype": STORY,
            "status": TO_DO,
            "created": jira_stamp(at(1)),
            "updated": jira_stamp(updated),
            "priority": {"id": "3", "name": "Medium"},
            "duedate": None,
            "labels": [],
            "fixVersions": [],
            **fields,
        },
    }


def acme(deployment: Deployment = "Cloud", *more: Json) -> JiraSite:
    """PAY-1 has three histories, PAY-2 none, WEB-1 one; WEB-1 is a bug and changed last."""
    return JiraSite(
        deployment,
        projects=[PAY, WEB],
        issues=[
            issue(
                1,
                "PAY-1",
                at(4),
                history(11, at(2), change("summary", "A", "B")),
                history(12, at(3), change("status", "Done", "To Do"), change("duedate", "x", None)),
                history(14, at(4), change("summary", "B", "About PAY-1")),
            ),
            issue(2, "PAY-2", at(5)),
            issue(
                3, "WEB-1", at(6), history(13, at(3), change("summary", "C", "D")), issuetype=BUG
            ),
            *more,
        ],
        fields=[
            {"id": "summary", "name": "Summary", "custom": False, "clauseNames": ["summary"]},
            {
                "id": "customfield_10016",
                "name": "Story Points",
                "custom": True,
                "clauseNames": ["cf[10016]", "Story Points"],
                "schema": {"type": "number", "customId": 10016},
            },
        ],
        statuses=[TO_DO, DONE],
        versions={"PAY": [{"id": "7", "name": "PAY 1.0", "releaseDate": "2026-02-01"}]},
        boards=[
            {"id": 1, "name": "Payments", "type": "scrum", "location": location(PAY)},
            {"id": 2, "name": "Web", "type": "kanban", "location": location(WEB)},
        ],
        sprints={
            1: [
                {"id": 5, "name": "One", "state": "closed"},
                {"id": 6, "name": "Two", "state": "active"},
            ]
        },
        groups={"product": [MARA, OMAR], "engineers": []},
        project_roles={"PAY": [{"id": 10100, "name": "Product", "actors": [{"id": 1}]}]},
    )


def location(project: Json) -> Json:
    return {"projectId": int(project["id"]), "projectKey": project["key"]}
