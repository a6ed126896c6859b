"""A landing file of any size: tickets of twenty teams as a Jira sends them, some 18 changes each.

``python -m benchmarks.landed ITEMS FOLDER``. Every ticket takes its own way: it is shaped, handed
over and sometimes sent back, built, reviewed; its date slips, its priority and people change. The
same number gives the same tickets. Beside the landing file stands a configuration that makes the
product say all it can: stages, owners, a definition of ready, rights, costs, a change of rules.
"""

import json
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.landed_lives import (
    PEOPLE,
    PROTOCOL,
    SNAPSHOT,
    STATUSES,
    TEAMS,
    Ticket,
    account,
    lives,
    stamp,
)
from roadworthy.warehouse import Warehouse, open_landing

_AT_A_TIME = 20_000
_EVERY_NTH_A_BUG = 4


def payload(ticket: Ticket) -> dict[str, Any]:
    """What Jira shows: replaying what has happened by the snapshot gives the same."""
    shown = _shown(ticket)
    status = shown.get("status", ("10", "Idea"))[1]
    release, due = shown.get("Fix Version"), shown.get("duedate")
    priority = shown.get("priority", ("3", "Medium"))
    assignee = shown.get("assignee")
    last = ticket.histories[-1]["created"] if ticket.histories else stamp(ticket.values["created"])
    key = f"{ticket.team}-{ticket.number}"
    return {
        "id": str(ticket.number),
        "key": key,
        "self": f"https://acme.example/rest/api/2/issue/{ticket.number}",
        "fields": {
            "summary": f"Something to be done, number {ticket.number}",
            "description": "What is to be done, why, and how it will be seen. " * 4,
            "created": stamp(ticket.values["created"]),
            "updated": last,
            "status": _status(status),
            "project": {"id": str(100 + TEAMS.index(ticket.team)), "key": ticket.team},
            "issuetype": {
                "id": "1",
                "name": "Story" if ticket.number % 4 else "Bug",
                "subtask": False,
            },
            "priority": {"id": priority[0], "name": priority[1]},
            "labels": (shown.get("labels", (None, ""))[1] or "").split(),
            "fixVersions": [{"id": release[0], "name": release[1]}] if release else [],
            "duedate": due and due[0],
            "timeestimate": int(shown["timeestimate"][0]) if "timeestimate" in shown else None,
            "customfield_10010": shown.get("Acceptance Criteria", (None, None))[1],
            "assignee": assignee and {"accountId": assignee[0], "displayName": assignee[1]},
            "resolution": {"id": "1", "name": "Done"} if "resolution" in shown else None,
            "resolutiondate": last if "resolution" in shown else None,
        },
        "changelog": {"total": len(ticket.histories), "histories": ticket.histories},
    }


def _kind(ticket: Ticket) -> str:
    return "Story" if ticket.number % _EVERY_NTH_A_BUG else "Bug"


def _shown(ticket: Ticket) -> dict[str, tuple[Any, Any]]:
    return {
        item["field"]: (item["to"], item["toString"])
        for history in ticket.histories
        for item in history["items"]
    }


def _status(name: str) -> dict[str, Any]:
    identity, category = STATUSES[name]
    return {"id": identity, "name": name, "statusCategory": {"key": category}}


def land(landing: Warehouse, count: int) -> None:
    """Put as many tickets into a landing file, as one sync would have left them."""
    told = map(payload, lives(count))
    while page := list(islice(told, _AT_A_TIME)):
        landing.insert("raw.records", records("issues", {one["id"]: one for one in page}, "r1"))
    listed = {identity: _status(name) for name, (identity, _) in STATUSES.items()}
    landing.insert("raw.records", records("statuses", listed, "r1"))
    fields = {"customfield_10010": {"id": "customfield_10010", "name": "Acceptance Criteria"}}
    landing.insert("raw.records", records("fields", fields, "r1"))
    landing.execute(
        """
        insert into raw.syncs by name
        select
            'acme' as source, 'r1' as run_id, 'jira' as tracker, 'files' as kind,
            ? as started_at, ? as finished_at, ? as snapshot_at, true as is_snapshot_declared,
            ? as records, 0 as quarantined, 0 as requests, []::varchar[] as lacks
        """,
        [SNAPSHOT, SNAPSHOT, SNAPSHOT, count],
    )


def records(resource: str, payloads: dict[str, Any], run_id: str) -> pl.DataFrame:
    """Records as a sync stores them."""
    texts = [json.dumps(one, separators=(",", ":")) for one in payloads.values()]
    return pl.DataFrame({"key": list(payloads), "payload": texts}).select(
        "key",
        "payload",
        source=pl.lit("acme"),
        tracker=pl.lit("jira"),
        resource=pl.lit(resource),
        digest=pl.lit(""),
        fetched_at=pl.lit(SNAPSHOT),
        run_id=pl.lit(run_id),
        first_run_id=pl.lit(run_id),
    )


def config() -> str:
    """Everything declared that a build can use."""
    roles = {
        role: [f"account:{account(team, role, one)}" for team in TEAMS for one in range(PEOPLE)]
        for role in ("product", "engineering")
    }
    teams = "".join(f'{team} = {{ projects = ["{team}"] }}\n' for team in TEAMS)
    held = "".join(f"{role} = {json.dumps(who)}\n" for role, who in roles.items())
    governed = json.dumps(list(TEAMS[: len(TEAMS) // 2]))
    return _CONFIG.format(teams=teams, roles=held, governed=governed, protocol=PROTOCOL)


_CONFIG = """
timezone = "Europe/Berlin"
[[sources]]
kind = "files"
name = "acme"
path = "nothing.ndjson"
tracker = "jira"
[teams]
{teams}
[[stages]]
name = "Shaping"
kind = "active"
owner = "product"
statuses = ["Idea", "Shaping"]
[[stages]]
name = "Ready for Dev"
kind = "queue"
owner = "engineering"
statuses = ["Ready for Dev"]
[[stages]]
name = "Roadmap decision"
kind = "decision"
owner = "product"
statuses = ["Awaiting decision"]
[[stages]]
name = "In Development"
kind = "active"
owner = "engineering"
statuses = ["In Development"]
[[stages]]
name = "In Review"
kind = "approval"
owner = "engineering"
statuses = ["In Review"]
[[stages]]
name = "Done"
kind = "done"
statuses = ["Done"]
[definition_of_ready]
guards = "Ready for Dev"
[[definition_of_ready.rules]]
name = "acceptance criteria"
field = "Acceptance Criteria"
minimum_length = 40
[roles]
{roles}
[decision_rights]
priority = {{ fields = ["priority"], decides = "product" }}
timeline = {{ fields = ["duedate", "fixVersions"], decides = "engineering" }}
[[interventions]]
name = "Product Governance Protocol"
kind = "governance"
on = {protocol}
teams = {governed}
primary_metric = "rejection_rate"
[calendar]
holidays = "DE"
[costs]
currency = "USD"
delay_per_release_week = [20000, 60000]
person_hour = 110
"""


def main(count: int, folder: Path) -> None:
    """Make the landing file and the configuration."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "roadworthy.toml").write_text(config(), encoding="utf-8")
    (folder / "nothing.ndjson").touch()
    with open_landing(folder / "var" / "roadworthy.duckdb") as landing:
        land(landing, count)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
