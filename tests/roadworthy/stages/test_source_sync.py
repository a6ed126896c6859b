"""How long a source may be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any, cast

import pytest

from connectors.protocol import Connector, ConnectorError, Page, Record, Resource, Snapshot
from roadworthy.config.sources import JiraSource
from roadworthy.people import load_pseudonyms
from roadworthy.runs import Run
from roadworthy.stages.landing import cursor_of
from roadworthy.stages.source_sync import SourceSync
from roadworthy.warehouse import open_landing

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place, Silence

ISSUES = Resource("issues", "id", cursor="updated")
SECONDS_A_PAGE = 3600.0


@dataclass(frozen=True)
class Slow:
    """A tracker with ten issues that gives a page of one an hour."""

    tracker: str = "jira"
    is_incremental: bool = True
    requests: int = 0
    resources: tuple[Resource, ...] = (ISSUES,)

    def fetch(self, resource: Resource, since: str | None) -> Iterator[Page]:
        for number in range(int(since or 0) + 1, 11):
            record = Record("issues", str(number), None, {"id": str(number)})
            yield Page(resource, (record,), next_cursor=str(number))

    def census(self, resource: Resource, known: frozenset[str]) -> None:  # noqa: ARG002
        return None

    def snapshot(self) -> Snapshot:
        return Snapshot(taken_at=None)


def read(place: "Place", silence: "Silence", **more: Any) -> None:
    """One sync of the slow tracker, by a clock that goes on an hour with every page."""
    source = JiraSource.model_validate(
        {
            "kind": "jira",
            "name": "acme",
            "server": "https://acme.example",
            "projects": ["PAY"],
            "token_env": "JIRA_TOKEN",
            **more,
        }
    )
    run = Run.begin("sync", lambda: datetime(2026, 3, 2, tzinfo=UTC))
    ticks = count(0.0, SECONDS_A_PAGE)
    with open_landing(place.warehouse) as landing:
        SourceSync(
            landing,
            run,
            silence,
            load_pseudonyms(place.warehouse),
            source,
            cast("Connector", Slow()),
            full=False,
            seconds=lambda: next(ticks),
        ).read()


def test_a_source_that_takes_too_long_ends_with_whole_pages_and_the_next_sync_goes_on(
    place: "Place", silence: "Silence"
) -> None:
    with pytest.raises(ConnectorError, match="acme: not read to its end within 6 hours"):
        read(place, silence, longest_hours=6)
    with open_landing(place.warehouse) as landing:
        assert cursor_of(landing, "acme", ISSUES) == "7"
    read(place, silence, longest_hours=6)
    assert place.landed("select count(*), max(run_id) is not null from raw.records") == (10, True)
    assert place.landed("select count(*) from raw.syncs where finished_at is not null") == (1,)


def test_by_default_a_night_ends_before_the_next_begins(place: "Place", silence: "Silence") -> None:
    read(place, silence)
    assert place.landed("select count(*) from raw.records") == (10,)
