"""A warehouse in memory, filled with literal payloads, and what staging and core make of them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import duckdb
import polars as pl
import pytest

from roadworthy.sql_files import in_dependency_order, sql_files
from roadworthy.warehouse import Warehouse
from tests.sql.conforming import Landing, nothing_landed
from tests.sql.small_ledger import small_ledger

Payload: TypeAlias = dict[str, Any]


def person(login: str, number: int, kind: str = "User") -> Payload:
    """An account as GitHub shows it inside other things."""
    return {"login": login, "id": number, "type": kind}


def on(day: int, second: int = 0) -> str:
    """An instant of March 2024."""
    return f"2024-03-{day:02}T09:00:{second:02}Z"


@dataclass(frozen=True)
class GitHub:
    """Literal payloads in, rows of staging out. Ada opens everything; Ben and Cat review."""

    warehouse: Warehouse
    ada: Payload = field(default_factory=lambda: person("ada", 1))
    ben: Payload = field(default_factory=lambda: person("ben", 2))
    cat: Payload = field(default_factory=lambda: person("cat", 3))
    linter: Payload = field(default_factory=lambda: person("linter[bot]", 9, "Bot"))

    on = staticmethod(on)

    def event(
        self, number: int, name: str, day: int, *, second: int = 0, **members: object
    ) -> Payload:
        """The least that is an event; Ada acts unless another actor is given."""
        return {
            "event": name,
            "id": number,
            "actor": self.ada,
            "created_at": on(day, second),
            **members,
        }

    def review(self, number: int, who: Payload | None, state: str, day: int) -> Payload:
        """A review as the timeline shows it: its own members, no actor, no creation."""
        return {
            "event": "reviewed",
            "id": number,
            "user": who,
            "state": state,
            "submitted_at": on(day),
            "actor": None,
            "created_at": None,
        }

    def commit(self, sha: str, day: int) -> Payload:
        """A commit as the timeline shows it: a date of its own and no account."""
        return {"event": "committed", "id": None, "sha": sha, "committer": {"date": on(day)}}

    def pull(self, *timeline: Payload, **members: object) -> Payload:
        """The least that is an open pull request."""
        return self._item("pulls", timeline, {"draft": False, "merged_at": None, **members})

    def issue(self, *timeline: Payload, **members: object) -> Payload:
        """The least that is an open issue."""
        return self._item("issues", timeline, {"state_reason": None, **members})

    def _item(
        self, resource: str, timeline: tuple[Payload, ...], members: Mapping[str, object]
    ) -> Payload:
        payload: Payload = {
            "number": 7,
            "html_url": "https://github.com/acme/web/pull/7",
            "title": "A title",
            "user": self.ada,
            "state": "open",
            "created_at": on(1),
            "updated_at": on(1),
            "timeline": timeline,
            **members,
        }
        self.land(resource, f"acme/web#{payload['number']}", payload)
        return payload

    def land(
        self,
        resource: str,
        key: str,
        payload: Payload,
        *,
        run: str = "run1",
        superseded: str | None = None,
        source: str = "code",
        day: int = 1,
        missing: str | None = None,
    ) -> None:
        """Store one payload as a sync would, fetched on a day of April."""
        self.warehouse.execute(
            """
            insert into raw.records by name
            select
                $6 as source, 'github' as tracker, $1 as resource, $2 as key, $3 as payload,
                '' as digest, $7::timestamptz as fetched_at, $4 as run_id,
                $4 as first_run_id, $5 as superseded_run_id, $8::timestamptz as missing_since
            """,
            [
                resource,
                key,
                json.dumps(payload),
                run,
                superseded,
                source,
                f"2024-04-{day:02}T00:00:00Z",
                missing,
            ],
        )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.warehouse.frame(query).rows()

    def statuses(self) -> list[tuple[int, str, str, str]]:
        """Day, group, status before and after, of every change of status."""
        return self.rows(
            """
            select day(changed_at), change_group, from_text, to_text
            from staging.github_changes
            where field = 'status'
            order by item_id, changed_at, position, ordinal
            """
        )

    def path(self) -> list[str]:
        """The statuses one after the other, the first included."""
        steps = self.statuses()
        return [steps[0][2], *(after for _, _, _, after in steps)]

    def changes(self, name: str) -> pl.DataFrame:
        """The changes of one field, in order."""
        return self.warehouse.frame(
            """
            select
                day(changed_at)::integer as day, change_group, account,
                from_id, from_text, to_id, to_text
            from staging.github_changes
            where field = $1
            order by item_id, changed_at, position, ordinal
            """,
            [name],
        )

    def values(self, name: str) -> list[tuple[int, str | None, str | None, str | None]]:
        """Position, id, text and account of the present values of one field."""
        return self.rows(
            f"""
            select position, value_id, value_text, account
            from staging.github_values
            where field = '{name}'
            order by item_id, position
            """  # noqa: S608 - the tests' own words
        )


def stage_github(warehouse: Warehouse) -> None:
    """Make the staging views of GitHub, each after those it reads."""
    warehouse.execute("create schema raw; create schema staging")
    warehouse.run_folder("schema/raw")
    warehouse.run_folder("schema/staging")
    for name, text in in_dependency_order(sql_files("staging")):
        if name.startswith("github_"):
            warehouse.execute(text)


@pytest.fixture(scope="session")
def staged_github() -> Iterator[Warehouse]:
    """The staging views of GitHub, made once."""
    with closing(duckdb.connect()) as connection:
        warehouse = Warehouse(connection)
        stage_github(warehouse)
        yield warehouse


@pytest.fixture
def github(staged_github: Warehouse) -> GitHub:
    """Those views over no payload yet."""
    staged_github.execute("delete from raw.records; delete from staging.declared_bots")
    return GitHub(staged_github)


@pytest.fixture(scope="session")
def made_once() -> Iterator[Warehouse]:
    """All of staging over no payload yet, and nothing in core."""
    with nothing_landed() as warehouse:
        yield warehouse


@pytest.fixture
def conformed(made_once: Warehouse) -> Iterator[Warehouse]:
    """The same for one test: what it lands is taken back."""
    made_once.execute("begin transaction")
    yield made_once
    made_once.execute("rollback")


@pytest.fixture
def jira_landing(conformed: Warehouse) -> Landing:
    """A Jira whose records can be landed."""
    return Landing(conformed, "jira")


@pytest.fixture
def github_landing(conformed: Warehouse) -> Landing:
    """A GitHub whose records can be landed."""
    return Landing(conformed, "github")


@pytest.fixture(scope="module")
def filled() -> Iterator[Warehouse]:
    """The small ledger, made once for all tests of a module."""
    with small_ledger() as warehouse:
        yield warehouse


@pytest.fixture
def ledger(filled: Warehouse) -> Iterator[Warehouse]:
    """The small ledger, whatever another test did to it."""
    filled.execute("begin")
    yield filled
    filled.execute("rollback")
