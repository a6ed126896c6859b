"""Payloads of both trackers, spoilt, from the archive through staging into core.

A payload that nobody can read costs itself, and never the night: what is landed is conformed.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from connectors.decoding import UnusableError, decode
from connectors.github import payloads as github
from connectors.jira import payloads as jira
from connectors.protocol import Page, Payload, Record, Resource
from fuzz import seeds as payloads
from fuzz.choices import Choices
from fuzz.spoiling import spoilt
from roadworthy.people import Pseudonyms, actors, aliases
from roadworthy.stages.landing import Envelope, land
from roadworthy.warehouse import Warehouse, in_memory

LOOKS_AT: Final = (
    *("connectors.jira.payloads", "connectors.github.payloads", "connectors.members"),
    *("connectors.decoding", "roadworthy.stages.landing", "roadworthy.people"),
)

#: Payloads that are conformed together: planning the views takes most of the time.
_TOGETHER: Final = 150
#: Bytes that decide what becomes of them.
_DECISIONS: Final = 1 << 14
_AT: Final = datetime(2026, 1, 5, 6, tzinfo=UTC)
_KEY: Final = Pseudonyms(b"k" * 32)
_SIDE: Final[tuple[tuple[Resource, dict[str, Any]], ...]] = (
    (jira.FIELDS, {"id": "customfield_1", "name": "Team", "schema": {"type": "user"}}),
    (jira.STATUSES, {"id": "1", "name": "Open", "statusCategory": {"key": "new"}}),
    (jira.VERSIONS, {"id": "1", "name": "2.0", "releaseDate": "2026-02-01", "released": False}),
    (jira.SPRINTS, {"id": 1, "name": "S", "startDate": "2026-02-01T09:00:00Z", "state": "closed"}),
    (jira.GROUPS, {"id": "group:pm", "name": "pm", "members": [{"accountId": "a", "key": "a"}]}),
    (github.MILESTONES, {"id": 1, "number": 1, "title": "2.0", "due_on": "2026-02-01T08:00:00Z"}),
    (github.PROJECT_DATES, {"id": "P", "field": "Due", "date": "2026-02-01", "iteration": None}),
    (github.TEAMS, {"id": "t", "slug": "acme/engineers", "members": [{"login": "a", "id": 1}]}),
)


def seeds() -> tuple[bytes, ...]:
    """Any bytes will do: what they decide is drawn from them."""
    return (b"a", b"b")


def one(data: bytes) -> None:
    """Land some payloads, and conform them."""
    choices = Choices.drawn(data, _DECISIONS)
    with in_memory() as warehouse:
        warehouse.execute("create schema raw; create schema staging; create schema core")
        warehouse.run_folder("schema/raw")
        for number in range(_TOGETHER):
            _arrive(warehouse, number, choices)
        for folder in ("schema/staging", "staging", "schema/core"):
            warehouse.run_folder(folder)
        warehouse.execute("insert into staging.organisation values ('Australia/Sydney')")
        _conform(warehouse)
        _judge(warehouse)


@cache
def _offered() -> tuple[tuple[Resource, Payload], ...]:
    return (
        *((jira.ISSUES, one) for one in payloads.jira_issues()),
        *((github.PULLS, one) for one in payloads.github_pulls()),
        *((github.ISSUES, one) for one in payloads.github_issues()),
        *_SIDE,
    )


def _arrive(warehouse: Warehouse, number: int, choices: Choices) -> None:
    """Take a payload as it would come, under an identity of its own."""
    resource, payload = _offered()[(number + choices.number(256)) % len(_offered())]
    tracker = "jira" if resource in jira.RESOURCES else "github"
    text = json.dumps(_numbered(spoilt(payload, choices), number))
    for record in _records(tracker, resource, text):
        page = Page(resource=resource, records=(record,))
        land(warehouse, page, Envelope(tracker, tracker, "run1", _AT), _KEY)


def _numbered(value: Any, number: int) -> Any:
    if not isinstance(value, dict):
        return value
    # An item of GitHub is told by its number, and followed through renamings by its node.
    own = {"id": str(number), "number": number, "node_id": f"N{number}"}
    return {**value, **{name: own[name] for name in own if name in value}}


def _records(tracker: str, resource: Resource, text: str) -> Iterator[Record]:
    try:
        value = decode(text)
        if isinstance(value, dict):
            yield (jira if tracker == "jira" else github).record(resource, value)
    except UnusableError as error:
        assert str(error).isprintable()


def _conform(warehouse: Warehouse) -> None:
    warehouse.execute(
        """
        insert into raw.syncs by name
        select unnest(['jira', 'github']) as source, unnest(['jira', 'github']) as tracker,
            'files' as kind, 'run1' as run_id, $1::timestamptz as started_at,
            $1::timestamptz as finished_at, $1::timestamptz as snapshot_at,
            0 as records, 0 as quarantined, 0 as requests
        """,
        [_AT.isoformat()],
    )
    accounts = warehouse.frame(
        "from staging.jira_accounts union all by name from staging.github_accounts"
    )
    with warehouse.registered("aliases", aliases(accounts, _KEY)):
        warehouse.run_folder("core")
    bots = accounts.select("source", "account").clear()
    warehouse.insert("core.actors", actors(accounts, bots, _KEY))
    warehouse.frame("from staging.group_members")
    warehouse.frame("from staging.item_links")


def _judge(warehouse: Warehouse) -> None:
    landed = "from raw.records where resource in ('issues', 'pulls') and superseded_run_id is null"
    count = warehouse.frame(f"select count(*) {landed}").item()
    items = warehouse.frame("from core.items")
    assert items.height == count, f"{count} items landed, and {items.height} conformed"
    for table in ("items", "field_changes", "field_values", "activities", "release_dates"):
        # Every value can be had as Python has it, which an instant before the year 1 cannot.
        assert warehouse.frame(f"from core.{table}").rows() is not None
