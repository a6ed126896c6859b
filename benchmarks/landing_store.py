"""A landing file of any size, made once and used again: generated issues, many times over."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from benchmarks import organisations
from connectors.jira import payloads
from connectors.protocol import Page
from roadworthy.people import Pseudonyms
from roadworthy.stages.landing import Envelope, land
from roadworthy.warehouse import Warehouse, open_landing

PAGE: Final = 100
CHANGED: Final = 5000
FIRST: Final = 100_000
"""The id before the first."""
PSEUDONYMS: Final = Pseudonyms(b"benchmark" * 4)
_MADE: Final = 2000
# What no two issues share: without it a file of repetitions would be a tenth of a real one.
_NOISE: Final = " || ".join(["md5(random()::varchar)"] * 24)
_REPEATED: Final = f"""
    insert into raw.records by name
    select made.* exclude (id) replace (
        id::varchar as key,
        replace(
            replace(payload::varchar, '"id":"' || key || '"', '"id":"' || id || '"'),
            'Something to be done', {_NOISE}
        )::json as payload
    )
    from (
        select records.*, key::integer + place * {_MADE} as id
        from range(1, ?) as places (place), raw.records as records
    ) as made
"""  # noqa: S608 - constant


def envelope() -> Envelope:
    """A sync that begins now."""
    now = datetime.now(UTC)
    return Envelope("acme", "jira", f"{now:%Y%m%dT%H%M%S%f}", now)


def issues(count: int) -> Iterator[dict[str, Any]]:
    """Issues as Jira sends them with a search: it says how many histories there are."""
    for issue in organisations.issues(count):
        issue["changelog"]["total"] = len(issue["changelog"]["histories"])
        yield issue


def page(things: list[dict[str, Any]]) -> Page:
    """Issues as a connector hands them over."""
    records = [payloads.record(payloads.ISSUES, thing) for thing in things]
    return Page.of(payloads.ISSUES, records, next_cursor="a cursor")


def filled(folder: Path, count: int) -> Path:
    """A warehouse whose landing file holds so many issues, made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "roadworthy.duckdb"
    with open_landing(path) as landing:
        if landing.frame("select count(*) from raw.records").item() < count:
            # What an interrupted making left is made anew.
            landing.execute("delete from raw.records")
            landing.execute("set memory_limit = '3GB'")
            _generate(landing)
            landing.execute(_REPEATED, [count // _MADE])
    return path


def _generate(landing: Warehouse) -> None:
    """The first issues of a store, landed as they would be."""
    told, things = envelope(), issues(_MADE)
    while some := list(islice(things, 1000)):
        land(landing, page(some), told, PSEUDONYMS)


def clocks() -> tuple[float, float]:
    """Seconds on the wall and of the processor, since whenever."""
    return time.perf_counter(), time.process_time()


def elapsed(since: tuple[float, float]) -> tuple[float, float]:
    """The same since they were read."""
    wall, cpu = clocks()
    return wall - since[0], cpu - since[1]
