"""Trackers into landing: every page stored as it comes, so that a killed sync loses nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from connectors.protocol import Connector, ConnectorError, Page, Resource
from roadworthy.config.load import Loaded
from roadworthy.config.sources import FilesSource, Source
from roadworthy.errors import ConfigError
from roadworthy.people import Pseudonyms, load_pseudonyms
from roadworthy.progress import Progress
from roadworthy.runs import Run
from roadworthy.stages.landing import Envelope, cursor_of, land, mark_missing
from roadworthy.stages.sources import connect
from roadworthy.warehouse import Warehouse, open_landing


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a sync brought."""

    records: int
    requests: int
    sources: tuple[str, ...]
    failures: tuple[str, ...]
    """One sentence for each source that could not be read to its end; the others were."""


@dataclass(frozen=True, slots=True)
class _Counts:
    records: int = 0
    quarantined: int = 0
    requests: int = 0

    def plus(self, page: Page) -> Self:
        """The counts with one more page."""
        return type(self)(
            self.records + len(page.records),
            self.quarantined + len(page.quarantined),
            self.requests + 1,
        )


@dataclass(frozen=True, slots=True)
class _Sync:
    """What all sources of one sync share."""

    landing: Warehouse
    run: Run
    progress: Progress
    pseudonyms: Pseudonyms
    full: bool


def sync(
    loaded: Loaded,
    run: Run,
    progress: Progress,
    only: Sequence[str] = (),
    *,
    full: bool = False,
) -> SyncResult:
    """Fetch all sources, or those named, into the landing file.

    A source that fails is reported and does not stop the others. ``full`` reads everything again
    where a source can be read incrementally; recorded payloads always are read whole.
    """
    sources = _chosen(loaded, only)
    connectors = [(source, connect(loaded, source)) for source in sources]
    counts: list[_Counts] = []
    failures: list[str] = []
    with open_landing(loaded.warehouse) as landing:
        ongoing = _Sync(landing, run, progress, load_pseudonyms(loaded.warehouse), full=full)
        for source, connector in connectors:
            try:
                counts.append(_sync_source(ongoing, source, connector))
            except ConnectorError as error:
                failures.append(str(error))
    return SyncResult(
        records=sum(one.records for one in counts),
        requests=sum(one.requests for one in counts),
        sources=tuple(source.name for source in sources),
        failures=tuple(failures),
    )


def _chosen(loaded: Loaded, only: Sequence[str]) -> list[Source]:
    known = [source.name for source in loaded.config.sources]
    for name in only:
        if name not in known:
            raise ConfigError(
                f"{loaded.path}: no source is called '{name}'; there are: {', '.join(known)}"
            )
    return [source for source in loaded.config.sources if not only or source.name in only]


def _sync_source(ongoing: _Sync, source: Source, connector: Connector) -> _Counts:
    landing, progress = ongoing.landing, ongoing.progress
    envelope = Envelope(source.name, connector.tracker, ongoing.run.run_id, ongoing.run.clock())
    progress.started("sync", source.name)
    _begin(landing, source, envelope)
    counts = _Counts()
    whole: list[Resource] = []
    for resource in connector.resources:
        since = None if ongoing.full else cursor_of(landing, source.name, resource)
        refused = 0
        for page in connector.fetch(resource, since):
            land(landing, page, envelope, ongoing.pseudonyms)
            counts = counts.plus(page)
            progress.advanced("sync", len(page.records))
            refused += len(page.quarantined)
        # Among what was refused may be the very record that then would seem to be missing.
        if since is None and not refused:
            whole.append(resource)
    is_declared = not isinstance(source, FilesSource) or source.as_of is not None
    taken_at = _complete(
        landing, connector, envelope, counts, ongoing.run.clock(), is_declared=is_declared
    )
    for resource in whole:
        mark_missing(landing, resource, envelope, taken_at)
    progress.finished("sync", f"{source.name}: {counts.records} records")
    return counts


def _begin(landing: Warehouse, source: Source, envelope: Envelope) -> None:
    with landing.transaction():
        landing.execute("delete from raw.quarantine where source = ?", [source.name])
        landing.execute(
            """
            insert into raw.syncs by name
            select ? as source, ? as run_id, ? as tracker, ? as kind, ?::timestamptz as started_at,
                0 as records, 0 as quarantined, 0 as requests
            """,
            [source.name, envelope.run_id, envelope.tracker, source.kind, envelope.fetched_at],
        )


def _complete(
    landing: Warehouse,
    connector: Connector,
    envelope: Envelope,
    counts: _Counts,
    now: datetime,
    *,
    is_declared: bool,
) -> datetime:
    """Close the sync of a source: from here on its data stands for the snapshot instant."""
    snapshot = connector.snapshot()
    taken_at = snapshot.taken_at or now
    with landing.transaction():
        landing.execute(
            """
            update raw.syncs set
                finished_at = ?, snapshot_at = ?, is_snapshot_declared = ?, lacks = ?,
                records = ?, quarantined = ?, requests = ?
            where source = ? and run_id = ?
            """,
            [
                now,
                taken_at,
                is_declared,
                list(snapshot.lacks),
                counts.records,
                counts.quarantined,
                counts.requests,
                envelope.source,
                envelope.run_id,
            ],
        )
    return taken_at
