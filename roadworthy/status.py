"""How things stand: the last runs, how old the data is, what the audit found.

The age is that of the data, not of the run that fetched it: a sync may be green every night and
bring nothing new.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from roadworthy.errors import ConfigError, LockedError
from roadworthy.lock import at_work, between_runs
from roadworthy.warehouse import Warehouse, landing_path, open_published, reading_landing

_RUNS = """
    select run_id, started_at, finished_at, command, outcome, records, error
    from raw.runs order by started_at desc, run_id desc limit 10
"""
_SOURCES = """
    select source, tracker, records, quarantined, snapshot_at from core.sources order by source
"""
_FINDINGS = """
    select severity, count(*) as found from main.data_audit group by severity order by severity
"""
_ERRORS = """
    select concat_ws(', ', source, nullif(subject, '')) || ': ' || detail as told
    from main.data_audit where severity = 'error' order by source, finding, subject
"""


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run; one that has no end was killed, unless it is at work now."""

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
    records: int
    quarantined: int
    snapshot_at: datetime
    age_hours: float


@dataclass(frozen=True, slots=True)
class Status:
    """Everything about a warehouse that its keeper asks first."""

    warehouse: Path
    at_work: str | None
    runs: tuple[PastRun, ...]
    sources: tuple[Freshness, ...]
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
        landed = _landed_runs(warehouse) if is_free else None
        working = None if is_free else at_work(warehouse)
    if not warehouse.exists():
        return Status(warehouse, working, landed or (), (), {}, ())
    with open_published(warehouse) as published:
        return Status(
            warehouse=warehouse,
            at_work=working,
            runs=_runs(published) if landed is None else landed,
            sources=_sources(published, at),
            findings=dict(published.frame(_FINDINGS).rows()),
            errors=tuple(published.frame(_ERRORS)["told"]),
        )


def _landed_runs(warehouse: Path) -> tuple[PastRun, ...] | None:
    """The runs on record, failed ones too; None where another program has the file."""
    if not landing_path(warehouse).exists():
        return None
    try:
        with reading_landing(warehouse) as landing:
            return _runs(landing)
    except LockedError:
        return None


def _runs(warehouse: Warehouse) -> tuple[PastRun, ...]:
    return tuple(PastRun(**row) for row in warehouse.frame(_RUNS).iter_rows(named=True))


def _sources(published: Warehouse, at: datetime) -> tuple[Freshness, ...]:
    return tuple(
        Freshness(**row, age_hours=round((at - row["snapshot_at"]).total_seconds() / 3600, 1))
        for row in published.frame(_SOURCES).iter_rows(named=True)
    )
