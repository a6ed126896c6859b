"""The command ``status``: how things stand, for a person or for a monitor."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

import click

from roadworthy.cli.output import write
from roadworthy.cli.session import Session, command, now
from roadworthy.harmless import harmless

if TYPE_CHECKING:
    from roadworthy.status import Freshness, PastRun, Status

_HOURS_PER_DAY = 24


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for a monitor.")
@command
def status(session: Session, *, as_json: bool) -> None:
    """Show the last runs, the age of the data, the findings.

    The age is that of the data and not of the last run: a sync can be green and bring nothing new.
    """
    from roadworthy.status import status_of  # noqa: PLC0415 - slow to import

    found = status_of(session.load().warehouse, at=now())
    write(_as_json(found) if as_json else _as_text(found))


def _as_json(found: "Status") -> str:
    runs = [{**asdict(run), "outcome": outcome(run, found)} for run in found.runs]
    facts = {**asdict(found), "warehouse": str(found.warehouse), "runs": runs}
    return json.dumps(facts, indent=2, default=_instant) + "\n"


def _as_text(found: "Status") -> str:
    return "".join(f"{harmless(line)}\n" for line in _lines(found))


def outcome(run: "PastRun", found: "Status") -> str:
    """The outcome of a run; 'killed' where it has none and nothing is at work."""
    return "killed" if run.outcome == "running" and found.at_work is None else run.outcome


def _lines(found: "Status") -> Iterator[str]:
    yield str(found.warehouse)
    if found.at_work is not None:
        yield f"Now: {found.at_work}."
    yield from ("", "Data")
    yield from _aligned([_source(source) for source in found.sources])
    yield from ("", "Findings")
    yield f"  {_counted(found)}"
    yield from (f"  error: {error}" for error in found.errors)
    yield from ("", "Runs, latest first")
    yield from _aligned([_run(run, found) for run in found.runs])


def _source(source: "Freshness") -> Sequence[str]:
    set_aside = f", {source.quarantined:,} set aside" if source.quarantined else ""
    stands_for = f"{source.snapshot_at:%Y-%m-%d %H:%M} UTC"
    return (
        source.source,
        f"{_age(source)} old",
        stands_for,
        f"{source.records:,} records{set_aside}",
    )


def _age(source: "Freshness") -> str:
    hours = source.age_hours
    return f"{hours:.0f} h" if hours < 2 * _HOURS_PER_DAY else f"{hours / _HOURS_PER_DAY:.0f} days"


def _counted(found: "Status") -> str:
    if not found.sources:
        return "nothing is published yet"
    counts = ((found.findings.get(kind, 0), kind) for kind in ("error", "warning", "info"))
    return ", ".join(f"{count} {kind}" for count, kind in counts)


def _run(run: "PastRun", found: "Status") -> Sequence[str]:
    took = "" if run.finished_at is None else _seconds(run.started_at, run.finished_at)
    return (
        f"{run.started_at:%Y-%m-%d %H:%M} UTC",
        run.command,
        outcome(run, found),
        took,
        f"{run.records:,} records",
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
