"""Trackers of any size, made on the spot, with histories as long as real ones."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

BEGIN = datetime(2025, 1, 6, 8, tzinfo=UTC)
PROJECTS = [
    {"id": "10100", "key": "PAY", "name": "Payments"},
    {"id": "10101", "key": "WEB", "name": "Web"},
]
STATUSES = [
    {"id": "1", "name": "To Do", "statusCategory": {"key": "new"}},
    {"id": "2", "name": "In Progress", "statusCategory": {"key": "indeterminate"}},
    {"id": "3", "name": "Done", "statusCategory": {"key": "done"}},
]
LONG_SHARE = 0.01
"""Share of issues whose history is longer than what comes with a search."""


def issues(count: int) -> Iterator[dict[str, Any]]:
    """Jira issues with 18 histories on the average, one in a hundred with more than a hundred."""
    dice = random.Random(count)  # noqa: S311 - the same issues every time
    for number in range(1, count + 1):
        length = dice.randint(101, 160) if dice.random() < LONG_SHARE else dice.randint(2, 32)
        yield _issue(number, length, BEGIN + timedelta(minutes=7 * number))


def _issue(number: int, length: int, updated: datetime) -> dict[str, Any]:
    project = PROJECTS[number % len(PROJECTS)]
    first = updated - timedelta(hours=length)
    histories = [
        _history(number, place, first + timedelta(hours=place + 1)) for place in range(length)
    ]
    return {
        "id": str(100_000 + number),
        "key": f"{project['key']}-{number}",
        "self": f"https://acme.atlassian.net/rest/api/2/issue/{100_000 + number}",
        "fields": {
            "summary": f"Something to be done, number {number}",
            "description": "What is to be done, why, and how it will be seen. " * 8,
            "created": _stamp(first - timedelta(days=1)),
            "updated": _stamp(updated),
            "status": STATUSES[2],
            "project": project,
            "issuetype": {"id": "10001", "name": "Story", "subtask": False},
            "priority": {"id": "3", "name": "Medium"},
            "labels": [],
            "fixVersions": [],
        },
        "changelog": {"histories": histories},
    }


def _history(number: int, place: int, at: datetime) -> dict[str, Any]:
    before, after = STATUSES[place % 3], STATUSES[(place + 1) % 3]
    return {
        "id": str(number * 1000 + place),
        "author": {"accountId": f"557058:{place % 40}", "displayName": f"Person {place % 40}"},
        "created": _stamp(at),
        "items": [
            {
                "field": "status",
                "fieldtype": "jira",
                "fieldId": "status",
                "from": before["id"],
                "fromString": before["name"],
                "to": after["id"],
                "toString": after["name"],
            }
        ],
    }


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.000+0000"


def pull_requests(count: int) -> Iterator[dict[str, Any]]:
    """Pull requests with some fifteen events each, every twenty-fifth with a hundred and fifty."""
    for number in range(1, count + 1):
        length = 150 if number % 25 == 0 else 13
        yield _pull(number, length, BEGIN + timedelta(minutes=11 * number))


def _pull(number: int, length: int, updated: datetime) -> dict[str, Any]:
    author, reviewer = _account(number % 20), _account(99)
    first = updated - timedelta(hours=length + 2)
    hours = [first + timedelta(hours=place) for place in range(length + 1)]
    labels = [
        _event(number * 1000 + place, "labeled", author, at, label={"name": f"l{place}"})
        for place, at in enumerate(hours[:-1])
    ]
    key = number * 1000 + length
    asked = _event(key, "review_requested", author, hours[-1], requested_reviewer=reviewer)
    review = {
        "id": number * 1000 + 999,
        "node_id": f"PRR_{number}",
        "event": "reviewed",
        "user": reviewer,
        "body": "",
        "state": "approved",
        "submitted_at": _second(updated),
        "commit_id": "c0ffee",
    }
    return {
        "id": number,
        "node_id": f"PR_{number}",
        "html_url": f"https://github.com/acme/web/pull/{number}",
        "number": number,
        "title": f"PAY-{number}: something done",
        "body": "Does what the title says. " * 8,
        "state": "open",
        "locked": False,
        "user": author,
        "labels": [],
        "assignees": [],
        "milestone": None,
        "created_at": _second(first),
        "updated_at": _second(updated),
        "closed_at": None,
        "merged_at": None,
        "draft": False,
        "merged": False,
        "requested_reviewers": [reviewer],
        "requested_teams": [],
        "additions": 120,
        "deletions": 40,
        "changed_files": 7,
        "author_association": "MEMBER",
        "comments": 0,
        "head": {"ref": f"feature/{number}", "sha": "c0ffee"},
        "base": {"ref": "main", "sha": "c0ffee"},
        "timeline": [*labels, asked, review],
    }


def _account(number: int) -> dict[str, Any]:
    return {"login": f"person-{number}", "id": number, "node_id": f"U_{number}", "type": "User"}


def _event(
    key: int, name: str, actor: dict[str, Any], at: datetime, **details: object
) -> dict[str, Any]:
    told = {"id": key, "node_id": f"E_{key}", "event": name, "actor": actor}
    return {**told, "created_at": _second(at), **details}


def _second(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
