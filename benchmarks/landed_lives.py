"""Tickets of twenty teams, each with a life of its own: some 18 changes before it is done."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

TEAMS = tuple(f"TEAM{number:02}" for number in range(20))
SNAPSHOT = datetime(2026, 6, 30, 18, tzinfo=UTC)
FIRST = datetime(2024, 7, 1, 8, tzinfo=UTC)
PROTOCOL = date(2025, 7, 1)
PEOPLE = 12
"""Of each role in each team."""
STATUSES = {
    "Idea": ("10", "new"),
    "Shaping": ("11", "indeterminate"),
    "Ready for Dev": ("12", "indeterminate"),
    "In Development": ("13", "indeterminate"),
    "In Review": ("14", "indeterminate"),
    "Awaiting decision": ("15", "indeterminate"),
    "Done": ("16", "done"),
}
PRIORITIES = {"High": "2", "Medium": "3", "Low": "4"}
_CRITERIA = "Given a basket, when it is paid, then the receipt names every position and its tax."
_FIELD_IDS = {"Acceptance Criteria": "customfield_10010", "Fix Version": "fixVersions"}
#: How often: it has criteria, waits for a decision, slips, is sent back by a reviewer.
_WITH_CRITERIA, _DECIDED, _SLIPS, _REWORKED = 0.6, 0.3, 0.4, 0.3
_SENT_BACK, _SENT_BACK_READY = 0.35, 0.2


Change = tuple[str, str | None, str | None, str | None, str | None]
"""The name of a field, id and text before, id and text after."""


@dataclass
class Ticket:
    """One ticket while it lives: what it shows now, and how it came to that."""

    number: int
    dice: random.Random
    now: datetime
    histories: list[dict[str, Any]] = field(default_factory=list)
    status: str = "Idea"
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def team(self) -> str:
        """Whose it is."""
        return TEAMS[self.number % len(TEAMS)]

    def person(self, role: str) -> str:
        """Somebody of its team."""
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
        """Into another status."""
        before, self.status = self.status, to
        self.change(who, ("status", STATUSES[before][0], before, STATUSES[to][0], to))

    def assign(self, who: str, to: str) -> None:
        """To somebody."""
        before = self.values.get("assignee")
        self.values["assignee"] = to
        self.change(who, ("assignee", before, before, to, to))

    def prioritise(self, who: str) -> None:
        """Another priority, whichever."""
        before = self.values["priority"]
        after = self.dice.choice([name for name in PRIORITIES if name != before])
        self.values["priority"] = after
        self.change(who, ("priority", PRIORITIES[before], before, PRIORITIES[after], after))

    def promise(self, who: str, days: int) -> None:
        """A date so many days later."""
        before = self.values.get("duedate")
        day = max(self.now.date(), before or self.now.date()) + timedelta(days=days)
        self.values["duedate"] = day
        old = before and before.isoformat()
        self.change(
            who, ("duedate", old, old and f"{old} 00:00:00.0", str(day), f"{day} 00:00:00.0")
        )


def account(team: str, role: str, number: int) -> str:
    """The account of somebody."""
    return f"{team.lower()}-{role}-{number}"


def stamp(at: datetime) -> str:
    """An instant as Jira writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}+0000"


def lives(count: int) -> Iterator[Ticket]:
    """So many tickets as they stand at the snapshot, born one after the other."""
    span = (SNAPSHOT - FIRST) / (count + 1)
    for number in range(1, count + 1):
        yield _lived(number, FIRST + span * number)


def _lived(number: int, born: datetime) -> Ticket:
    """A ticket as it stands at the snapshot: what would come later has not happened."""
    ticket = Ticket(number, random.Random(number), born)  # noqa: S311 - the same tickets every time
    ticket.values = {"priority": "Medium", "created": born}
    _live(ticket)
    ticket.histories = [one for one in ticket.histories if one["created"] <= stamp(SNAPSHOT)]
    return ticket


def _live(ticket: Ticket) -> None:
    dice, product = ticket.dice, ticket.person("product")
    ticket.wait(2)
    ticket.move(product, "Shaping")
    if dice.random() < _WITH_CRITERIA:
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


def _sent_back(ticket: Ticket) -> float:
    usual = _SENT_BACK if "criteria" not in ticket.values else _SENT_BACK_READY
    return usual * (0.5 if ticket.now.date() >= PROTOCOL else 1)


def _planned(ticket: Ticket, product: str, engineer: str) -> None:
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
    if dice.random() < _DECIDED:
        ticket.move(engineer, "Awaiting decision")
        ticket.wait(4)
        ticket.move(product, "Ready for Dev")


def _built(ticket: Ticket, engineer: str) -> None:
    dice = ticket.dice
    ticket.wait(2)
    ticket.move(engineer, "In Development")
    for _ in range(dice.randrange(4)):
        ticket.wait(3)
        ticket.change(engineer, ("timeestimate", "3600", "3600", "7200", "7200"))
    while True:
        if dice.random() < _SLIPS:
            ticket.wait(2)
            ticket.promise(ticket.person("product"), 5 + dice.randrange(15))
        ticket.wait(4)
        reviewer = ticket.person("engineering")
        ticket.move(engineer, "In Review")
        ticket.assign(engineer, reviewer)
        ticket.wait(1)
        if dice.random() > _REWORKED:
            break
        ticket.move(reviewer, "In Development")
        ticket.assign(reviewer, engineer)
    ticket.now += timedelta(hours=1)
    _done(ticket, reviewer)


def _done(ticket: Ticket, who: str) -> None:
    before, ticket.status = ticket.status, "Done"
    ticket.change(
        who,
        ("status", STATUSES[before][0], before, STATUSES["Done"][0], "Done"),
        ("resolution", None, None, "1", "Done"),
    )
    ticket.values["resolved"] = ticket.now
