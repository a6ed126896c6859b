"""What a connector promises: declared resources in, pages of enveloped records out.

A connector states its resources as data (:class:`Resource`) and yields pages lazily, so that
whoever lands them can stop after any page and carry on from there. A record carries its payload
as the tracker sent it; a thing that is no usable record is quarantined with its reason and its
place, never dropped.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, Self, TypeAlias

Payload: TypeAlias = Mapping[str, Any]


class ConnectorError(Exception):
    """A source that cannot be read on: the message names source, place, cause and remedy."""


class NotVisibleError(ConnectorError):
    """A resource that this account may not see or this server does not have; the others go on."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One kind of thing a tracker holds, and how its records are told apart."""

    name: str
    """The name under which the records are stored, for example ``issues``."""
    key: str
    """Path of the payload's own identity, for example ``id``."""
    cursor: str | None = None
    """Path of the instant by which a tracker is read incrementally; None: always read whole."""
    keeps_versions: bool = False
    """True where the tracker keeps no history, so that every differing payload is kept."""
    classified: frozenset[str] = frozenset()
    """Names of payload members, at any depth, that describe a person and are not stored."""


@dataclass(frozen=True, slots=True)
class Record:
    """One payload in its envelope."""

    resource: str
    key: str
    cursor: str | None
    """The payload's own instant of last change, as the tracker wrote it."""
    payload: Payload


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Something that arrived and is not a usable record."""

    resource: str
    place: str
    """Where it stood: file and line, or request and position."""
    reason: str
    excerpt: str
    """The first characters of what arrived, for whoever repairs the source."""
    key: str | None = None
    """The record's key, where it can be asked for again by it."""


@dataclass(frozen=True, slots=True)
class Page:
    """What arrived together, and is stored together."""

    resource: Resource
    records: tuple[Record, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    next_cursor: str | None = None
    """Where an interrupted sync carries on; None where the resource is always read whole."""

    @classmethod
    def of(
        cls,
        resource: Resource,
        things: Iterable[Record | Quarantined],
        *,
        next_cursor: str | None = None,
    ) -> Self:
        """A page of what came together, usable or not."""
        held = tuple(things)
        return cls(
            resource=resource,
            records=tuple(one for one in held if isinstance(one, Record)),
            quarantined=tuple(one for one in held if isinstance(one, Quarantined)),
            next_cursor=next_cursor,
        )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a source says of itself once it has been read."""

    taken_at: datetime | None
    """The instant the data stands for: declared, or the end of the sync for a live tracker."""
    lacks: tuple[str, ...] = field(default=())
    """What this source cannot supply, in words a reader of the audit understands."""


class Connector(Protocol):
    """A tracker, or an archive of one."""

    @property
    def tracker(self) -> str:
        """Whose payloads these are, as in ``jira``; decides which staging SQL reads them."""

    @property
    def is_incremental(self) -> bool:
        """Whether resources with a cursor are read from it on; an archive is always read whole."""

    @property
    def requests(self) -> int:
        """Requests sent so far, those that failed included; for an archive, files read."""

    @property
    def resources(self) -> tuple[Resource, ...]:
        """All resources, in the order in which they are read."""

    def fetch(self, resource: Resource, since: str | None) -> Iterator[Page]:
        """Yield the pages of a resource, from a cursor on where it has one.

        Args:
            resource: one of ``resources``.
            since: the ``next_cursor`` of the last page that was stored; None: from the beginning.

        Raises:
            NotVisibleError: there is nothing to be had of this resource; the others can be read.
            ConnectorError: the source cannot be read on; pages already yielded stand.
        """

    def census(self, resource: Resource, known: Collection[str]) -> frozenset[str] | None:
        """The keys of all that the source shows of a resource now, asked after its last page.

        An incremental read never sees what was deleted, hidden or moved away, nor what came into
        view without being changed; only an enumeration does. Asked of incremental connectors only,
        and of resources with a cursor: of what is read whole, that which did not come is missing.

        Args:
            resource: one of ``resources``.
            known: keys of the records stored and not marked missing; they may be many, and are
                fetched from where they are stored only if somebody goes through them.

        Returns:
            None where the source says by cheaper means that ``known`` is all there is.

        Raises:
            ConnectorError: as for ``fetch``.
        """

    def fetch_only(self, resource: Resource, keys: Sequence[str]) -> Iterator[Page]:
        """Yield the pages of the records with these keys, found by a census; no cursor moves.

        Raises:
            ConnectorError: as for ``fetch``.
        """

    def snapshot(self) -> Snapshot:
        """State what the source was when it was read; asked after the last page."""

    def close(self) -> None:
        """Let go of what is held open; the connector may be asked again all the same."""
