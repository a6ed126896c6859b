"""How things stand, as lines for a person and as JSON for a monitor."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime

from roadworthy.counting import counted
from roadworthy.harmless import harmless
from roadworthy.status import Freshness, PastRun, Status

_HOURS_PER_DAY = 24


def as_json(status: Status, old: Sequence[str]) -> str:
    """The shape of docs/operating.md: members may be added, none is renamed."""
    runs = [asdict(run) for run in status.nights.runs]
    good = status.nights.last_good
    facts = {
        "warehouse": str(status.warehouse),
        "at_work": asdict(status.at_work) if status.at_work else None,
        "last_run": runs[0] if runs else None,
        "last_successful_nightly": asdict(good) if good else None,
        "sources": [asdict(source) for source in status.sources],
        "unread": {one.source: one.detail for one in status.unread},
        "too_old": old,
        "findings": status.findings,
        "errors": status.errors,
        "runs": runs,
    }
    return json.dumps(facts, indent=2, default=_instant) + "\n"


def as_text(status: Status) -> str:
    """The data, what the audit found of it, and the last runs."""
    return "".join(f"{harmless(line)}\n" for line in _lines(status))


def _lines(status: Status) -> Iterator[str]:
    yield str(status.warehouse)
    if status.at_work is not None:
        yield f"Now: {status.at_work}."
    yield from ("", "Data")
    yield from _aligned(list(_sources(status)))
    yield from ("", "Findings")
    yield f"  {_counted(status)}"
    yield from (f"  error: {error}" for error in status.errors)
    yield from ("", "Runs, latest first")
    yield from _aligned([_run(run) for run in status.nights.runs])


def _sources(status: Status) -> Iterator[Sequence[str]]:
    """Those that were read, and how the last read of each ended; then those that never were."""
    failed = {one.source for one in status.unread if one.is_known}
    for source in status.sources:
        yield (*_source(source), "last read failed" if source.source in failed else "")
    for one in status.unread:
        if not one.is_known:
            yield (one.source, "never read to its end", "", "", "")


def _source(source: Freshness) -> Sequence[str]:
    set_aside = f", {source.quarantined:,} set aside" if source.quarantined else ""
    stands_for = f"{source.snapshot_at:%Y-%m-%d %H:%M} UTC"
    return (
        source.source,
        f"{_age(source)} old",
        stands_for,
        f"{counted(source.records, 'record')}{set_aside}",
    )


def _age(source: Freshness) -> str:
    hours = source.age_hours
    return f"{hours:.0f} h" if hours < 2 * _HOURS_PER_DAY else f"{hours / _HOURS_PER_DAY:.0f} days"


def _counted(status: Status) -> str:
    if not status.sources:
        return "nothing is published yet"
    plurals = {"error": "errors", "warning": "warnings", "info": "info"}
    return ", ".join(
        counted(status.findings.get(kind, 0), kind, many) for kind, many in plurals.items()
    )


def _run(run: PastRun) -> Sequence[str]:
    took = "" if run.finished_at is None else _seconds(run.started_at, run.finished_at)
    return (
        f"{run.started_at:%Y-%m-%d %H:%M} UTC",
        run.command,
        run.outcome,
        took,
        counted(run.records, "record"),
        run.error or "",
    )


def _seconds(started_at: datetime, finished_at: datetime) -> str:
    return f"{(finished_at - started_at).total_seconds():.0f} s"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows or [("none",)]:
        padded = (text.ljust(width) for text, width in zip(row, widths or [0], strict=True))
        yield f"  {'  '.join(padded)}".rstrip()


def _instant(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    raise TypeError(f"{type(value).__name__} has no place in JSON")
