"""One source read to its end: every page stored as it comes, so that a killed sync loses nothing.

A resource that is read whole is its own enumeration: what did not come is missing. One that is read
from a cursor on is enumerated afterwards (the *census*): what the tracker shows and was never
stored is fetched, what is stored and no longer shown is marked missing, and nothing is ever
removed. Only when all of that is done does the data stand for a new instant.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from connectors.protocol import (
    Connector,
    ConnectorError,
    NotVisibleError,
    Page,
    Quarantined,
    Resource,
)
from roadworthy.config.sources import FilesSource, Source
from roadworthy.counting import counted
from roadworthy.people import Pseudonyms
from roadworthy.progress import Progress
from roadworthy.runs import Run
from roadworthy.stages.landing import Envelope, cursor_of, forget_cursors, land
from roadworthy.stages.presence import KnownKeys, mark_missing, mark_unread_missing
from roadworthy.stages.refusals import forget_refused, refused_before
from roadworthy.warehouse import Warehouse

_SECONDS_PER_HOUR = 3600


@dataclass(slots=True)
class SourceSync:
    """The reading of one source, and what came of it so far."""

    landing: Warehouse
    run: Run
    progress: Progress
    pseudonyms: Pseudonyms
    source: Source
    connector: Connector
    full: bool = field(kw_only=True)
    seconds: Callable[[], float] = field(default=time.monotonic, kw_only=True)
    """A clock that nobody sets."""
    begun: float = field(default=0.0, init=False)
    records: int = field(default=0, init=False)
    items: int = field(default=0, init=False)
    """Records that are work items, and not what is told beside them."""
    quarantined: int = field(default=0, init=False)
    first_refused: Quarantined | None = field(default=None, init=False)
    lacks: list[str] = field(default_factory=list, init=False)
    gone: dict[Resource, frozenset[str] | None] = field(default_factory=dict, init=False)
    """By resource, the keys that are missing now; None: whatever this run did not read."""

    def read(self) -> None:
        """Read all resources and close the sync.

        Raises:
            ConnectorError: the source cannot be read on; what came is stored, the sync left open.
        """
        self.progress.started("sync", self.source.name)
        self.begun = self.seconds()
        self._begin()
        for resource in self.connector.resources:
            try:
                self._read(resource)
            except NotVisibleError as error:
                if self._is_enumerated(resource):
                    raise  # without its items a source was not read
                self.lacks.append(str(error))
        self._expect_items()
        self._close()
        aside = f", {self.quarantined} set aside" if self.quarantined else ""
        self.progress.finished(
            "sync", f"{self.source.name}: {counted(self.records, 'record')}{aside}"
        )

    def broke_off(self, why: str) -> None:
        """Note beside the sync that was left open why it was, in one sentence."""
        self.landing.execute(
            "update raw.syncs set error = ? where source = ? and run_id = ?",
            [why, self.source.name, self.run.run_id],
        )

    @property
    def envelope(self) -> Envelope:
        """What is true of every record of this sync."""
        return Envelope(
            self.source.name, self.connector.tracker, self.run.run_id, self.run.started_at
        )

    def _expect_items(self) -> None:
        """An archive without a work item is not the one that was meant; a tracker may be new."""
        if self.items or self.connector.is_incremental:
            return
        why = ""
        if self.first_refused is not None:
            one = self.first_refused
            why = f"; {self.quarantined} set aside, the first being {one.place}: {one.reason}"
        raise ConnectorError(
            f"{self.source.name}: it holds no work item of a {self.connector.tracker}; see to "
            f"'path' and 'tracker' of the source{why}"
        )

    def _is_enumerated(self, resource: Resource) -> bool:
        """Whether it is read from a cursor on, and what is there enumerated afterwards."""
        return self.connector.is_incremental and resource.cursor is not None

    def _read(self, resource: Resource) -> None:
        since = None if self.full else cursor_of(self.landing, self.source.name, resource)
        before = self.records
        refused = self._land(self.connector.fetch(resource, since))
        if resource.cursor is not None:
            self.items += self.records - before
        if self._is_enumerated(resource):
            self._take_census(resource)
        elif not refused:
            # Among what was refused may be the very record that then would seem to be missing.
            self.gone[resource] = None
        forget_refused(self.landing, resource, self.envelope)

    def _take_census(self, resource: Resource) -> None:
        """Fetch what was never stored, or came once in a form of no use; note what is gone."""
        known = KnownKeys(self.landing, self.source.name, resource)
        shown = self.connector.census(resource, known)
        wanted = refused_before(self.landing, resource, self.envelope)
        if shown is not None:
            self.gone[resource] = known.beyond(shown)
            wanted = known.lacking(shown) | (shown & wanted)
        if wanted:
            self._land(self.connector.fetch_only(resource, sorted(wanted)))

    def _land(self, pages: Iterable[Page]) -> int:
        """Store pages as they come; returns how many things in them were no usable record."""
        refused = 0
        for page in pages:
            land(self.landing, page, self.envelope, self.pseudonyms)
            self.records += len(page.records)
            refused += len(page.quarantined)
            self.first_refused = self.first_refused or next(iter(page.quarantined), None)
            self.progress.advanced("sync", len(page.records))
            self._see_to_the_time()
        self.quarantined += refused
        return refused

    def _see_to_the_time(self) -> None:
        """A night has an end, and the other sources wait; whole pages are stored by now."""
        if isinstance(self.source, FilesSource):
            return
        if self.seconds() - self.begun > self.source.longest_hours * _SECONDS_PER_HOUR:
            raise ConnectorError(
                f"{self.source.name}: not read to its end within {self.source.longest_hours:g} "
                "hours (longest_hours); what was fetched is kept, and the next sync goes on from it"
            )

    def _mark(self, at: datetime) -> None:
        for resource, keys in self.gone.items():
            if keys is None:
                mark_unread_missing(self.landing, resource, self.envelope, at)
            else:
                mark_missing(self.landing, resource, self.envelope, keys, at)

    def _begin(self) -> None:
        with self.landing.transaction():
            if not self.connector.is_incremental:
                # An archive in a tracker's place may hold what is older than where its cursor is.
                forget_cursors(self.landing, self.source.name)
            self.landing.execute(
                """
                insert into raw.syncs by name
                select ? as source, ? as run_id, ? as tracker, ? as kind,
                    ?::timestamptz as started_at, 0 as records, 0 as quarantined, 0 as requests
                """,
                [
                    self.source.name,
                    self.run.run_id,
                    self.connector.tracker,
                    self.source.kind,
                    self.run.clock(),
                ],
            )

    def _close(self) -> None:
        """From here on the data of the source stands for the snapshot instant, all at once."""
        snapshot, now = self.connector.snapshot(), self.run.clock()
        taken_at = snapshot.taken_at or now
        with self.landing.transaction():
            self._mark(taken_at)
            self.landing.execute(
                """
                update raw.syncs set
                    finished_at = ?, snapshot_at = ?, is_snapshot_declared = ?, lacks = ?,
                    records = ?, quarantined = ?, requests = ?
                where source = ? and run_id = ?
                """,
                [
                    now,
                    taken_at,
                    not isinstance(self.source, FilesSource) or self.source.as_of is not None,
                    list(dict.fromkeys((*snapshot.lacks, *self.lacks))),
                    self.records,
                    self.quarantined,
                    self.connector.requests,
                    self.source.name,
                    self.run.run_id,
                ],
            )
