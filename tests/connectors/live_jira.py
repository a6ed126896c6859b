"""A small Jira on loopback and the connector that reads it, for the tests of the live connector."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from connectors.jira import payloads
from connectors.jira.access import Access
from connectors.jira.connector import JiraConnector
from connectors.jira.scope import Scope
from connectors.protocol import Page, Record
from connectors.trouble import Patience
from roadworthy.simulator.serving.faults import Faults, Planned
from roadworthy.simulator.serving.jira_site import JiraSite
from roadworthy.simulator.serving.server import Logged, Served, served

Deployment = Literal["Cloud", "Server"]
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
PROJECT = {"id": "10100", "key": "PAY", "name": "Payments"}


def at(minute: float) -> datetime:
    """An instant so many minutes after Monday nine o'clock."""
    return MONDAY + timedelta(minutes=minute)


def stamp(minute: float) -> str:
    """The same as Jira writes it."""
    return f"{at(minute):%Y-%m-%dT%H:%M:%S}.000+0000"


def history(number: int, minute: float) -> dict[str, Any]:
    """A click that changed the labels."""
    change = {"field": "labels", "fieldtype": "jira", "fieldId": "labels"}
    return {
        "id": str(number),
        "created": stamp(minute),
        "items": [{**change, "from": "", "fromString": "", "to": "", "toString": f"l{number}"}],
    }


def issue(number: int, *, updated: float = 0, histories: int = 0) -> dict[str, Any]:
    """An issue last changed at a minute, with so many histories, the last of them then."""
    first = updated - histories
    entries = [history(number * 1000 + n, first + n + 1) for n in range(histories)]
    return {
        "id": str(number),
        "key": f"PAY-{number}",
        "self": f"https://acme.example/rest/api/2/issue/{number}",
        "fields": {
            "created": stamp(-100_000),
            "updated": stamp(updated),
            "status": {"id": "1", "name": "Open"},
            "project": PROJECT,
            "fixVersions": [],
            "issuetype": {"id": "10002", "name": "Task"},
        },
        "changelog": {"histories": entries},
    }


@dataclass
class Reading:
    """A Jira that answers, and what a connector makes of it."""

    site: JiraSite
    server: Served
    waits: list[float] = field(default_factory=list)

    def connector(self, *, patience: float = 600, **scope: Any) -> JiraConnector:
        access = self.site.access
        bounds = {"projects": ("PAY",), "jql": None, "since": None} | scope
        groups = bounds.pop("groups", ())
        return JiraConnector(
            "acme",
            self.server.url,
            Access(access.email if self.site.is_cloud else None, access.token),
            Patience(patience, sleep=self.waits.append),
            scope=Scope(**bounds),
            groups=groups,
        )

    def issues(self, cursor: str | None = None, **scope: Any) -> list[Record]:
        """All issues that come, in the order in which they come."""
        return [record for page in self.pages(cursor, **scope) for record in page.records]

    def pages(self, cursor: str | None = None, **scope: Any) -> list[Page]:
        connector = self.connector(**scope)
        try:
            return list(connector.fetch(payloads.ISSUES, cursor))
        finally:
            connector.close()

    def asked(self, path: str) -> list[Logged]:
        """The requests whose path ends so."""
        return [entry for entry in self.server.log if entry.path.endswith(path)]


@contextmanager
def reading(site: JiraSite, *planned: Planned) -> Iterator[Reading]:
    """Let a Jira answer, with these faults, while the block lasts."""
    with served(site.app, faults=Faults(*planned)) as server:
        yield Reading(site, server)


def keys(records: list[Record]) -> list[str]:
    return [record.key for record in records]
