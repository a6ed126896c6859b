"""Literal records of both trackers under literal syncs, and what core makes of them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import polars as pl

from roadworthy.people import Pseudonyms, aliases
from roadworthy.sql_files import sql_files
from roadworthy.warehouse import Warehouse, in_memory

Payload: TypeAlias = dict[str, Any]
Rows: TypeAlias = list[tuple[Any, ...]]
KEY = Pseudonyms(b"k" * 32)
_OF_PEOPLE = ("jira_told_values", "jira_accounts", "names_of_people", "jira_people_fields")
_TABLES = {
    "issues": ("jira_issues", "jira_fields", "jira_people", *_OF_PEOPLE),
    "fields": ("jira_fields", *_OF_PEOPLE),
    "groups": _OF_PEOPLE,
}
"""Which tables of staging are made of a resource; the rest are views."""


@contextmanager
def nothing_landed() -> Iterator[Warehouse]:
    """All of staging over no payload yet, and nothing in core."""
    with in_memory() as warehouse:
        warehouse.execute("create schema raw; create schema staging; create schema core")
        for folder in ("schema/raw", "schema/staging", "staging", "schema/core"):
            warehouse.run_folder(folder)
        warehouse.insert("staging.organisation", pl.DataFrame({"timezone": ["Europe/Berlin"]}))
        yield warehouse


@dataclass(frozen=True)
class Landing:
    """Records stored as syncs would store them, run by run."""

    warehouse: Warehouse
    tracker: str
    runs: dict[str, str] = field(default_factory=dict)

    def sync(self, run: str, snapshot: str, **members: object) -> None:
        """A sync of the source ``acme`` that came to its end."""
        row = {
            "source": "acme",
            "run_id": run,
            "tracker": self.tracker,
            "kind": self.tracker,
            "started_at": f"{snapshot}T06:00:00Z",
            "finished_at": f"{snapshot}T06:00:00Z",
            "snapshot_at": f"{snapshot}T06:00:00Z",
            "records": 0,
            "quarantined": 0,
            "requests": 0,
            **members,
        }
        self._insert("raw.syncs", row)

    def record(self, resource: str, payload: Payload, run: str = "run1", **members: object) -> None:
        """One payload, under its key or id."""
        row = {
            "source": "acme",
            "tracker": self.tracker,
            "resource": resource,
            "key": str(payload.get("id")),
            "payload": json.dumps(payload),
            "digest": "",
            "fetched_at": "2026-01-01T06:00:00Z",
            "run_id": run,
            "first_run_id": run,
            **members,
        }
        self._insert("raw.records", row)
        if self.tracker == "jira":
            self.stage(resource)

    def stage(self, resource: str) -> None:
        """Make the tables of staging anew that are made of a resource of Jira."""
        for table in _TABLES.get(resource, ()):
            self.warehouse.execute(f"drop table staging.{table}")
            self.warehouse.execute(sql_files("staging")[table])

    def core(self, table: str) -> None:
        """Make one table of core."""
        accounts = self.warehouse.frame("from staging.accounts")
        with self.warehouse.registered("aliases", aliases(accounts, KEY)):
            self.warehouse.execute(sql_files("core")[table])

    def rows(self, query: str) -> Rows:
        """The rows of a query."""
        return self.warehouse.frame(query).rows()

    def _insert(self, table: str, row: dict[str, object]) -> None:
        self.warehouse.insert(table, pl.DataFrame([row]))
