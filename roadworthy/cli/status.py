"""The command ``status``: how things stand, for a person or for a monitor."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

import click

from roadworthy.cli.output import write
from roadworthy.cli.session import Session, command, now
from roadworthy.errors import StaleDataError
from roadworthy.harmless import harmless

if TYPE_CHECKING:
    from roadworthy.status import Freshness, PastRun, Status

_HOURS_PER_DAY = 24


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for a monitor.")
@click.option(
    "--max-age",
    type=click.FloatRange(min=0, min_open=True),
    metavar="HOURS",
    help="End with exit code 4 where the data of a tracker are older, or not there.",
)
@command
def status(session: Session, *, as_json: bool, max_age: float | None) -> None:
    """Show the last runs, the age of the data, the findings.

    The age is that of the data and not of the last run: a sync can be green and bring nothing new.
    """
    from roadworthy.status import status_of, too_old  # noqa: PLC0415 - slow to import

    loaded = session.load()
    found = status_of(loaded.warehouse, at=now())
    configured = {source.name: source.kind for source in loaded.config.sources}
    old = [] if max_age is None else list(too_old(found, configured, max_age))
    write(_as_json(found, old) if as_json else _as_text(found))
    if old:
        raise StaleDataError(f"{'; '.join(old)}; see that 'roadworthy nightly' runs and ends well")


def _as_json(found: "Status", old: Sequence[str]) -> str:
    """The shape of docs/operating.md: members may be added, none is renamed."""
    runs = [asdict(run) for run in found.nights.runs]
    good = found.nights.last_good
    facts = {
        "warehouse": str(found.warehouse),
        "at_work": asdict(found.at_work) if found.at_work else None,
        "last_run": runs[0] if runs else None,
        "last_successful_nightly": asdict(good) if good else None,
        "sources": [asdict(source) for source in found.sources],
        "too_old": old,
        "findings": found.findings,
        "errors": found.errors,
        "runs": runs,
    }
    return json.dumps(facts, indent=2, default=_instant) + "\n"


def _as_text(found: "Status") -> str:
    return "".join(f"{harmless(line)}\n" for line in _lines(found))


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
    yield from _aligned([_run(run) for run in found.nights.runs])


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


def _run(run: "PastRun") -> Sequence[str]:
    took = "" if run.finished_at is None else _seconds(run.started_at, run.finished_at)
    return (
        f"{run.started_at:%Y-%m-%d %H:%M} UTC",
        run.command,
        run.outcome,
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
