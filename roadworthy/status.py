"""How things stand: the last runs, how old the data is, what the audit found.

The age is that of the data, not of the run that fetched it: a sync may be green every night and
bring nothing new. While a run is at work, the earlier ones are those that the published file knows.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from roadworthy.errors import ConfigError, LockedError
from roadworthy.layout import is_empty
from roadworthy.lock import AtWork, at_work, between_runs
from roadworthy.warehouse import Warehouse, landing_path, open_published, reading_landing

_RUNS = """
    select run_id, started_at, finished_at, command, outcome, records, error
    from raw.runs order by started_at desc, run_id desc limit 10
"""
_LAST_GOOD_NIGHT = """
    select run_id, started_at, finished_at, command, outcome, records, error
    from raw.runs
    where command = 'nightly' and outcome in ('done', 'done_with_audit_errors') and run_id <> ?
    order by started_at desc, run_id desc limit 1
"""
_SOURCES = """
    select source, tracker, kind, records, quarantined, snapshot_at
    from core.sources order by source
"""
_TOLERATED_HOURS = 1
_NOTHING_FOUND = {"error": 0, "warning": 0, "info": 0}
_FINDINGS = """
    select severity, count(*) as found from main.data_audit group by severity order by severity
"""
_UNREAD = """
    select source, finding, detail from main.data_audit
    where finding in ('source_never_read', 'source_read_failed') order by source
"""
_ERRORS = """
    select concat_ws(', ', source, nullif(subject, '')) || ': ' || detail as told
    from main.data_audit where severity = 'error' order by source, finding, subject
"""


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run; 'running' while it is at work, and 'killed' where no end of it was written."""

    run_id: str
    started_at: datetime
    finished_at: datetime | None
    command: str
    outcome: str
    records: int
    error: str | None


@dataclass(frozen=True, slots=True)
class Freshness:
    """A source in the published warehouse, and how old what it says is."""

    source: str
    tracker: str
    kind: str
    records: int
    quarantined: int
    snapshot_at: datetime
    age_hours: float


@dataclass(frozen=True, slots=True)
class Unread:
    """A configured source that the last sync of it did not read to its end."""

    source: str
    is_known: bool
    """Whether an earlier sync did."""
    detail: str


@dataclass(frozen=True, slots=True)
class Nights:
    """What is on record of runs."""

    runs: tuple[PastRun, ...] = ()
    last_good: PastRun | None = None
    """The last nightly that came to its end, whatever the audit says."""


@dataclass(frozen=True, slots=True)
class Status:
    """Everything about a warehouse that its keeper asks first."""

    warehouse: Path
    at_work: AtWork | None
    nights: Nights
    sources: tuple[Freshness, ...]
    unread: tuple[Unread, ...]
    findings: Mapping[str, int]
    errors: tuple[str, ...]
    """The errors of the audit, a sentence each."""


def status_of(warehouse: Path, *, at: datetime) -> Status:
    """How a warehouse stands at an instant.

    Raises:
        ConfigError: there is none, and no run ever tried to make one.
    """
    if not (warehouse.exists() or landing_path(warehouse).exists()):
        raise ConfigError(f"{warehouse}: nothing has run here yet; begin with 'roadworthy nightly'")
    with between_runs(warehouse) as is_free:
        landed = _landed(warehouse) if is_free else None
        working = at_work(warehouse) if is_free is False else None
    if not warehouse.exists():
        return Status(warehouse, working, landed or Nights(), (), (), _NOTHING_FOUND, ())
    with open_published(warehouse) as published:
        return Status(
            warehouse=warehouse,
            at_work=working,
            nights=landed or _nights(published, working),
            sources=_sources(published, at),
            unread=_unread(published),
            findings={**_NOTHING_FOUND, **dict(published.frame(_FINDINGS).rows())},
            errors=tuple(published.frame(_ERRORS)["told"]),
        )


def too_old(status: Status, configured: Mapping[str, str], hours: float) -> Iterator[str]:
    """What is older than so many hours, or was never published, a sentence each.

    Args:
        status: how the warehouse stands.
        configured: the kind of every source of the configuration; archives do not grow old.
        hours: the age that is still good.
    """
    ages = {source.source: source.age_hours for source in status.sources}
    for source, kind in configured.items():
        age = ages.get(source)
        if age is None:
            yield f"{source}: nothing of it is published yet"
        elif kind != "files" and age > hours:
            yield f"{source}: its data are {age:g} hours old, and may be {hours:g}"
        elif kind != "files" and age < -_TOLERATED_HOURS:
            yield f"{source}: its data are dated {-age:g} hours later than now; see to the clock"


def _landed(warehouse: Path) -> Nights | None:
    """The runs on record, failed ones too; None where the file is another program's or owner's."""
    if not os.access(landing_path(warehouse), os.R_OK):
        return None
    try:
        with reading_landing(warehouse) as landing:
            return Nights() if is_empty(landing) else _nights(landing, None)
    except LockedError:
        return None


def _nights(warehouse: Warehouse, working: AtWork | None) -> Nights:
    now = working.run_id if working else None
    good = _runs(warehouse, _LAST_GOOD_NIGHT, now, now or "")
    return Nights(_runs(warehouse, _RUNS, now), good[0] if good else None)


def _runs(
    warehouse: Warehouse, query: str, now: str | None, *parameters: str
) -> tuple[PastRun, ...]:
    rows = warehouse.frame(query, parameters).iter_rows(named=True)
    return tuple(_as_it_stands(PastRun(**row), now) for row in rows)


def _as_it_stands(run: PastRun, now: str | None) -> PastRun:
    """A run that publishes is done in its own file, and still at work while it reports."""
    if run.run_id == now:
        return replace(run, outcome="running", finished_at=None)
    return replace(run, outcome="killed") if run.outcome == "running" else run


def _sources(published: Warehouse, at: datetime) -> tuple[Freshness, ...]:
    return tuple(
        Freshness(**row, age_hours=round((at - row["snapshot_at"]).total_seconds() / 3600, 1))
        for row in published.frame(_SOURCES).iter_rows(named=True)
    )


def _unread(published: Warehouse) -> tuple[Unread, ...]:
    return tuple(
        Unread(source, finding == "source_read_failed", detail)
        for source, finding, detail in published.frame(_UNREAD).iter_rows()
    )
