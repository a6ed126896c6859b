"""A robot with the account of a person: `[roles]` alone says what it is, and all must know it."""

import json
from pathlib import Path
from typing import Any

import pytest

from roadworthy.config import load
from roadworthy.warehouse import open_published

from .conftest import run_all

ADA, ROBOT = (
    {"login": login, "id": number, "type": "User"}
    for number, login in enumerate(("ada", "robot"), start=1)
)
ASKED = {
    "event": "review_requested",
    "id": 20,
    "actor": ADA,
    "requested_reviewer": ROBOT,
    "created_at": "2025-03-03T11:00:00Z",
}
APPROVED = {
    "event": "reviewed",
    "id": 30,
    "user": ROBOT,
    "state": "approved",
    "submitted_at": "2025-03-04T10:00:00Z",
}
PULL = {
    "number": 7,
    "html_url": "https://github.com/acme/web/pull/7",
    "title": "A title",
    "user": ADA,
    "state": "open",
    "draft": False,
    "merged_at": None,
    "created_at": "2025-03-03T10:00:00Z",
    "updated_at": "2025-03-04T10:00:00Z",
    "timeline": [ASKED, APPROVED],
}


def answers(folder: Path, *queries: str, **roles: list[str]) -> list[list[tuple[Any, ...]]]:
    """The rows of these queries to a warehouse of that pull request and these roles."""
    (folder / "archive").mkdir()
    (folder / "archive/items.ndjson").write_text(json.dumps(PULL))
    (folder / "roadworthy.toml").write_text(
        '[[sources]]\nkind = "files"\nname = "code"\npath = "archive/"\ntracker = "github"\n'
        "as_of = 2025-04-01T00:00:00Z\n\n[roles]\n"
        + "".join(f"{role} = {json.dumps(who)}\n" for role, who in roles.items())
    )
    loaded = load(folder / "roadworthy.toml")
    run_all(loaded)
    with open_published(loaded.warehouse) as warehouse:
        return [warehouse.frame(query).rows() for query in queries]


STATUS = "select status from main.work_items"
REQUESTS = "select step, verdict from main.approval_requests"
DECISIONS = "select outcome from main.decisions"


def test_a_person_approves(tmp_path: Path) -> None:
    told = answers(tmp_path, STATUS, REQUESTS, DECISIONS, bot=[])

    asked = [("anyone", "superseded"), ("reviewer", "approved")]
    assert told == [[("approved",)], asked, [("decided",)]]


@pytest.mark.parametrize(
    "roles",
    [{"bot": ["login:robot"]}, {"engineering": ["login:robot"], "bot": ["login:robot"]}],
    ids=["a robot", "a robot in the team of the engineers"],
)
def test_a_robot_moves_nothing_and_is_asked_nothing(
    tmp_path: Path, roles: dict[str, list[str]]
) -> None:
    told = answers(tmp_path, STATUS, REQUESTS, DECISIONS, **roles)

    assert told == [[("review required",)], [("anyone", "open")], [("open",)]]
