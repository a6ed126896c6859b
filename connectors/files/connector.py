"""The connector itself: declared resources in, pages of an archive out."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from connectors.files import github, jira
from connectors.files.judging import judged, quarantined
from connectors.files.lacks import lacks
from connectors.files.listing import Listing, list_archive
from connectors.files.reading import Arrival
from connectors.files.shape import Shape
from connectors.files.survey import Copy, Survey, surveyed
from connectors.protocol import ConnectorError, Page, Quarantined, Record, Resource, Snapshot

PAGE_SIZE: Final = 500
"""Things on a page, usable or not."""

_SHAPES: Final = {"jira": jira.SHAPE, "github": github.SHAPE}


@dataclass(frozen=True)
class FilesConnector:
    """Recorded payloads of one tracker, replayed from a file or a folder.

    The archive is read twice: once for its keys and instants, which are remembered, and once more
    for each resource's pages, from the files in which something of it stands. Files by line are
    streamed; a file that is one JSON text is held whole.
    """

    path: Path
    _: KW_ONLY
    tracker: Literal["jira", "github"]
    name: str
    """The source's name in the configuration."""
    as_of: datetime | None
    """When the archive was taken; None: the latest instant in it stands for that."""

    def __post_init__(self) -> None:
        """Refuse an instant that is none."""
        if self.as_of is not None and self.as_of.utcoffset() is None:
            raise ConnectorError(
                f"{self.name}: as_of {self.as_of.isoformat()} has no offset; "
                f"write {self.as_of.isoformat()}Z if it is meant in UTC"
            )

    @property
    def resources(self) -> tuple[Resource, ...]:
        """All that an archive of this tracker may hold, in the order in which it is read."""
        return self._shape.resources

    @property
    def is_incremental(self) -> bool:
        """An archive is always read whole."""
        return False

    @property
    def requests(self) -> int:
        """The files that were found, each counted once."""
        listing: Listing | None = self.__dict__.get("_listing")
        return len(listing.files) if listing else 0

    def census(self, resource: Resource, known: Collection[str]) -> None:
        """Nothing to enumerate: what a whole read did not bring is not there."""

    def fetch_only(self, resource: Resource, keys: Sequence[str]) -> Iterator[Page]:
        """Yield the pages on which some of these records stand, and nothing else of them."""
        wanted = frozenset(keys)
        for page in self.fetch(resource, None):
            records = tuple(record for record in page.records if record.key in wanted)
            if records:
                yield Page(resource=resource, records=records)

    def fetch(self, resource: Resource, since: str | None) -> Iterator[Page]:  # noqa: ARG002 - an archive is always read whole
        """Yield the pages of a resource, none where the archive has nothing of it.

        Raises:
            ConnectorError: the path is wrong, or a file cannot be read or changes meanwhile.
        """
        things = self._things(resource)
        while page := tuple(islice(things, PAGE_SIZE)):
            yield Page.of(resource, page)

    def snapshot(self) -> Snapshot:
        """State when the archive was taken and what it lacks; may be asked at any time.

        Raises:
            ConnectorError: as for ``fetch``.
        """
        return Snapshot(
            taken_at=self.as_of or self._survey.latest,
            lacks=lacks(self._survey, listing=self._listing, shape=self._shape, as_of=self.as_of),
        )

    def close(self) -> None:
        """Files are open only while they are read."""

    @property
    def _shape(self) -> Shape:
        return _SHAPES[self.tracker]

    @cached_property
    def _listing(self) -> Listing:
        return list_archive(self.path, source=self.name)

    @cached_property
    def _survey(self) -> Survey:
        return surveyed(self._listing, self._shape)

    def _things(self, resource: Resource) -> Iterator[Record | Quarantined]:
        for file in self._survey.homes.get(resource.name, ()):
            for arrival, outcome in judged(file, self._shape):
                if outcome.resource == resource.name:
                    yield self._unless_superseded(arrival, outcome)

    def _unless_superseded(
        self, arrival: Arrival, outcome: Record | Quarantined
    ) -> Record | Quarantined:
        if isinstance(outcome, Quarantined):
            return outcome
        kept = self._survey.kept[outcome.resource, outcome.key]
        if kept.place == arrival.place:
            return outcome
        copy = Copy.of(outcome, arrival.place, self._shape)
        reason = copy.reason_against(kept, outcome.key)
        return quarantined(arrival, outcome.resource, reason)
