"""An item that an automation moved back and forth for months: one history among all others."""

import json
import resource
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

import pytest

from roadworthy.config import load
from roadworthy.warehouse import open_published

pytestmark = pytest.mark.slow

MOVES = 12_000
BYTES = 12_000_000_000
"""Addresses: with a pair of every move with every other, the facts of the item held half as much
again."""
CONFIG = """
[[sources]]
kind = "files"
name = "acme"
path = "archive"
tracker = "jira"
[[stages]]
name = "Shaping"
owner = "product"
kind = "active"
statuses = ["Shaping"]
[[stages]]
name = "Ready"
owner = "engineering"
kind = "queue"
statuses = ["Ready"]
[[stages]]
name = "Dev"
owner = "engineering"
kind = "active"
statuses = ["Dev"]
[roles]
product = ["account:p"]
engineering = ["account:e"]
[decision_rights]
priority = { fields = ["priority"], decides = "product" }
timeline = { fields = ["duedate"], decides = "engineering" }
"""


def change(field: str, before: str, after: str) -> dict[str, str]:
    told = {"from": before, "fromString": before, "to": after, "toString": after}
    return {"field": field, "fieldtype": "jira", **told}


def issue() -> dict[str, object]:
    """Every quarter of an hour one stage on or back, another date and another priority."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    status, day, priority = "Shaping", "2026-05-01", "High"
    histories = []
    for number, then in zip(
        range(MOVES), cycle(("Ready", "Dev", "Ready", "Shaping")), strict=False
    ):
        at += timedelta(minutes=15)
        on, wanted = f"2026-05-{2 + number % 28:02}", ("Low", "High")[number % 2]
        items = [
            change("status", status, then),
            change("duedate", day, on),
            change("priority", priority, wanted),
        ]
        who = {"accountId": "pe"[number % 2]}
        stamp = f"{at:%Y-%m-%dT%H:%M:%S}.000+0000"
        histories.append({"id": str(number), "created": stamp, "author": who, "items": items})
        status, day, priority = then, on, wanted
    fields = {
        "summary": "Turned on and off by a robot",
        "created": "2026-01-01T00:00:00.000+0000",
        "updated": f"{at:%Y-%m-%dT%H:%M:%S}.000+0000",
        "status": {"id": status, "name": status, "statusCategory": {"key": "new"}},
        "issuetype": {"name": "Story", "subtask": False},
        "project": {"id": "10", "key": "PAY"},
        "priority": {"id": priority, "name": priority},
        "duedate": day,
    }
    changelog = {"total": MOVES, "maxResults": MOVES, "startAt": 0, "histories": histories}
    return {"id": "1", "key": "PAY-1", "fields": fields, "changelog": changelog}


def test_thousands_of_moves_of_one_item_fit_into_memory(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "issues.ndjson").write_text(json.dumps(issue()), encoding="utf-8")
    config = tmp_path / "roadworthy.toml"
    config.write_text(CONFIG, encoding="utf-8")

    for command in ("sync", "build"):
        done = run(command, config, BYTES)
        assert done.returncode == 0, done.stderr
    report = run("report", config, None)
    assert Path(report.stdout.strip()).exists()
    with open_published(load(config).warehouse) as published:
        stays = "select count(*), count(*) filter (is_repeat), sum(elapsed_hours) from visits"
        attempts = "select verdict, count(*), count(late_return_at) from handoffs group by verdict"
        assert published.frame(stays).rows() == [(MOVES + 1, MOVES - 2, MOVES / 4)]
        assert published.frame(attempts).rows() == [("accepted", MOVES // 4, MOVES // 4)]


def run(command: str, config: Path, limit: int | None) -> "subprocess.CompletedProcess[str]":
    """Run a command that may have so many bytes of addresses; a report needs more."""

    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    return subprocess.run(
        [sys.executable, "-m", "roadworthy", command, "--config", str(config)],
        preexec_fn=limited,
        capture_output=True,
        text=True,
        check=False,
    )
