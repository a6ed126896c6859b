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
