"""A landing file of any size: tickets of twenty teams as a Jira sends them, some 18 changes each.

``python -m benchmarks.landed ITEMS FOLDER``. Every ticket takes its own way: it is shaped, handed over
and sometimes sent back, built, reviewed; its date slips, its priority and people change. The same
number gives the same tickets. Beside the landing file stands a configuration that makes the product say
all it can say: stages, owners, a definition of ready, rights, costs, one change of governance.
"""

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from roadworthy.warehouse import Warehouse, open_landing

TEAMS = tuple(f"TEAM{number:02}" for number in range(20))
SNAPSHOT = datetime(2026, 6, 30, 18, tzinfo=UTC)
FIRST = datetime(2024, 7, 1, 8, tzinfo=UTC)
PROTOCOL = date(2025, 7, 1)
PEOPLE = 12
"""Of each role in each team."""
_STATUSES = {
    "Idea": ("10", "new"),
    "Shaping": ("11", "indeterminate"),
    "Ready for Dev": ("12", "indeterminate"),
    "In Development": ("13", "indeterminate"),
    "In Review": ("14", "indeterminate"),
    "Awaiting decision": ("15", "indeterminate"),
    "Done": ("16", "done"),
}
_PRIORITIES = {"High": "2", "Medium": "3", "Low": "4"}
_CRITERIA = "Given a basket, when it is paid, then the receipt names every position and its tax."
_AT_A_TIME = 20_000


@dataclass
class _Ticket:
    """One ticket while it lives: what it shows now, and how it came to that."""

    number: int
    dice: random.Random
    now: datetime
    histories: list[dict[str, Any]] = field(default_factory=list)
    status: str = "Idea"
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def team(self) -> str:
        return TEAMS[self.number % len(TEAMS)]

    def person(self, role: str) -> str:
        return account(self.team, role, self.dice.randrange(PEOPLE))

    def wait(self, days: float) -> None:
        """Let about so many days pass."""
        self.now += timedelta(days=self.dice.expovariate(1 / days))

    def change(
        self, who: str, *items: tuple[str, str | None, str | None, str | None, str | None]
    ) -> None:
        """Somebody changes fields in one click: name, id and text before, id and text after."""
        self.histories.append(
            {
                "id": str(self.number * 1000 + len(self.histories)),
                "author": {"accountId": who, "displayName": who},
                "created": stamp(self.now),
                "items": [
                    {
                        "field": name,
                        "fieldtype": "custom" if name == "Acceptance Criteria" else "jira",
                        "fieldId": _FIELD_IDS.get(name, name),
                        "from": one,
                        "fromString": said,
                        "to": other,
                        "toString": says,
                    }
                    for name, one, said, other, says in items
                ],
            }
        )

    def move(self, who: str, to: str) -> None:
        before, self.status = self.status, to
        self.change(who, ("status", _STATUSES[before][0], before, _STATUSES[to][0], to))

    def assign(self, who: str, to: str) -> None:
        before = self.values.get("assignee")
        self.values["assignee"] = to
        self.change(who, ("assignee", before, before, to, to))

    def prioritise(self, who: str) -> None:
        before = self.values["priority"]
        after = self.dice.choice([name for name in _PRIORITIES if name != before])
        self.values["priority"] = after
        self.change(who, ("priority", _PRIORITIES[before], before, _PRIORITIES[after], after))

    def promise(self, who: str, days: int) -> None:
        before = self.values.get("duedate")
        day = max(self.now.date(), before or self.now.date()) + timedelta(days=days)
        self.values["duedate"] = day
        old = before and before.isoformat()
        self.change(
            who, ("duedate", old, old and f"{old} 00:00:00.0", str(day), f"{day} 00:00:00.0")
        )


_FIELD_IDS = {"Acceptance Criteria": "customfield_10010", "Fix Version": "fixVersions"}


def account(team: str, role: str, number: int) -> str:
    """The account of somebody."""
    return f"{team.lower()}-{role}-{number}"


def stamp(at: datetime) -> str:
    """An instant as Jira writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}+0000"


def tickets(count: int, first: int = 1) -> Iterator[dict[str, Any]]:
    """Tickets as the search of Jira returns them, with all histories."""
    span = (SNAPSHOT - FIRST) / (count + 1)
    for number in range(first, count + 1):
        yield _payload(_lived(number, FIRST + span * number))


def _lived(number: int, born: datetime) -> _Ticket:
    """A ticket as it stands at the snapshot: what would come later has not happened."""
    ticket = _Ticket(number, random.Random(number), born)  # noqa: S311 - the same tickets every time
    ticket.values = {"priority": "Medium", "created": born}
    _live(ticket)
    ticket.histories = [one for one in ticket.histories if one["created"] <= stamp(SNAPSHOT)]
    return ticket


def _live(ticket: _Ticket) -> None:
    dice, product = ticket.dice, ticket.person("product")
    ticket.wait(2)
    ticket.move(product, "Shaping")
    if dice.random() < 0.6:
        ticket.wait(1)
        ticket.values["criteria"] = _CRITERIA
        ticket.change(product, ("Acceptance Criteria", None, None, None, _CRITERIA))
    ticket.wait(1)
    ticket.change(
        product, ("labels", None, "", None, dice.choice(["web", "api", "data", "web api"]))
    )
    engineer = ticket.person("engineering")
    while True:
        ticket.wait(3)
        ticket.move(product, "Ready for Dev")
        ticket.wait(2)
        if dice.random() > _sent_back(ticket):
            break
        ticket.move(engineer, "Shaping")
    _planned(ticket, product, engineer)
    _built(ticket, engineer)


def _sent_back(ticket: _Ticket) -> float:
    usual = 0.35 if "criteria" not in ticket.values else 0.2
    return usual * (0.5 if ticket.now.date() >= PROTOCOL else 1)


def _planned(ticket: _Ticket, product: str, engineer: str) -> None:
    dice = ticket.dice
    ticket.assign(engineer, engineer)
    ticket.values["release"] = 1 + ticket.now.month + 12 * (ticket.now.year - FIRST.year)
    name = f"{ticket.team} {ticket.values['release']}"
    ticket.change(
        product, ("Fix Version", None, None, f"{ticket.team}{ticket.values['release']}", name)
    )
    ticket.promise(engineer, 20 + dice.randrange(20))
    for _ in range(dice.randrange(3)):
        ticket.wait(1)
        ticket.prioritise(dice.choice([product, product, engineer]))
    if dice.random() < 0.3:
        ticket.move(engineer, "Awaiting decision")
        ticket.wait(4)
        ticket.move(product, "Ready for Dev")


def _built(ticket: _Ticket, engineer: str) -> None:
    dice = ticket.dice
    ticket.wait(2)
    ticket.move(engineer, "In Development")
    for _ in range(dice.randrange(4)):
        ticket.wait(3)
        ticket.change(engineer, ("timeestimate", "3600", "3600", "7200", "7200"))
    while True:
        if dice.random() < 0.4:
            ticket.wait(2)
            ticket.promise(ticket.person("product"), 5 + dice.randrange(15))
        ticket.wait(4)
        reviewer = ticket.person("engineering")
        ticket.move(engineer, "In Review")
        ticket.assign(engineer, reviewer)
        ticket.wait(1)
        if dice.random() > 0.3:
            break
        ticket.move(reviewer, "In Development")
        ticket.assign(reviewer, engineer)
    ticket.now += timedelta(hours=1)
    _done(ticket, reviewer)


def _done(ticket: _Ticket, who: str) -> None:
    before, ticket.status = ticket.status, "Done"
    ticket.change(
        who,
        ("status", _STATUSES[before][0], before, _STATUSES["Done"][0], "Done"),
        ("resolution", None, None, "1", "Done"),
    )
    ticket.values["resolved"] = ticket.now


def _payload(ticket: _Ticket) -> dict[str, Any]:
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


def _shown(ticket: _Ticket) -> dict[str, tuple[Any, Any]]:
    return {
        item["field"]: (item["to"], item["toString"])
        for history in ticket.histories
        for item in history["items"]
    }


def _status(name: str) -> dict[str, Any]:
    identity, category = _STATUSES[name]
    return {"id": identity, "name": name, "statusCategory": {"key": category}}


def land(landing: Warehouse, count: int) -> None:
    """Put as many tickets into a landing file, as one sync would have left them."""
    told = iter(tickets(count))
    while page := list(islice(told, _AT_A_TIME)):
        landing.insert("raw.records", records("issues", {one["id"]: one for one in page}, "r1"))
    listed = {identity: _status(name) for name, (identity, _) in _STATUSES.items()}
    landing.insert("raw.records", records("statuses", listed, "r1"))
    fields = {"customfield_10010": {"id": "customfield_10010", "name": "Acceptance Criteria"}}
    landing.insert("raw.records", records("fields", fields, "r1"))
    landing.execute(
        "insert into raw.syncs by name select 'acme' as source, 'r1' as run_id, 'jira' as tracker, "
        "'files' as kind, ? as started_at, ? as finished_at, ? as snapshot_at, true as "
        "is_snapshot_declared, ? as records, 0 as quarantined, 0 as requests, []::varchar[] as lacks",
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
