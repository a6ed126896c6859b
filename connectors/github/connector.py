"""The connector itself: declared resources in, pages of living repositories out."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Literal

from connectors.github import payloads, side_resources
from connectors.github.census import census, numbers_by_repository
from connectors.github.client import Client
from connectors.github.credentials import Credentials
from connectors.github.cursors import Cursor
from connectors.github.reading import Place
from connectors.github.run import Run
from connectors.github.walking import Walk, things_of
from connectors.protocol import Page, Quarantined, Resource, Snapshot
from connectors.trouble import Patience


@dataclass(frozen=True)
class GitHubConnector:
    """Repositories of GitHub or an Enterprise server, read by what changed; asks nothing before."""

    name: str
    """The source's name in the configuration."""
    _: KW_ONLY
    server: str
    """Root of the interface: ``https://api.github.com``, or ``https://<host>/api/v3``."""
    repositories: tuple[str, ...]
    """``owner/name``, or ``owner/*`` for all of an owner's repositories that are no forks."""
    credentials: Credentials
    patience: Patience
    boards: tuple[str, ...] = ()
    """``owner/number`` of projects whose dates are wanted."""
    teams: tuple[str, ...] = ()
    """``organisation/slug`` of teams whose members are wanted."""
    since: datetime | None = None
    """Pull requests and issues updated before it are not wanted."""
    ca_bundle: Path | None = None

    @property
    def tracker(self) -> Literal["github"]:
        """GitHub."""
        return "github"

    @property
    def is_incremental(self) -> bool:
        """Read from a cursor on, where a resource has one."""
        return True

    @property
    def requests(self) -> int:
        """Requests sent so far, those that failed included."""
        return self.patience.requests

    @property
    def resources(self) -> tuple[Resource, ...]:
        """All that is read of GitHub, in this order."""
        return payloads.RESOURCES

    def fetch(self, resource: Resource, since: str | None) -> Iterator[Page]:
        """Yield the pages of a resource: for items, what changed since the cursor.

        Raises:
            NotVisibleError: the account may not see teams or boards that are wanted.
            ConnectorError: GitHub cannot be read on.
        """
        match resource.name:
            case "milestones":
                return self._milestones(resource)
            case "teams":
                return side_resources.teams(self._run, self.teams)
            case "project_dates":
                return side_resources.project_dates(self._run, self.boards)
            case _:
                return self._items(resource, since)

    def census(self, resource: Resource, known: Collection[str]) -> frozenset[str] | None:
        """The keys of all items, or None where the counts of the survey agree with the known.

        Raises:
            ConnectorError: as for ``fetch``.
        """
        return census(self._run, resource, known, since=self.since)

    def fetch_only(self, resource: Resource, keys: Sequence[str]) -> Iterator[Page]:
        """Yield the pages of some items; one that is gone is on none.

        Raises:
            ConnectorError: as for ``fetch``.
        """
        wanted = frozenset(keys)
        for repository, numbers in numbers_by_repository(wanted).items():
            place = Place(resource, repository, is_newest_first=False)
            for chunk in self._run.reader.numbered(place, numbers):
                things = things_of(resource, repository, chunk)
                # A number that moved to another repository answers with what it is there.
                asked = [one for one in things if isinstance(one, Quarantined) or one.key in wanted]
                if asked:
                    yield Page.of(resource, asked)

    def snapshot(self) -> Snapshot:
        """State what GitHub did not supply; it stands for the end of the sync."""
        return Snapshot(taken_at=None, lacks=self._run.lacks)

    def close(self) -> None:
        """Let go of the connections; the next question opens them again."""
        self._run.client.close()

    def _items(self, resource: Resource, since: str | None) -> Iterator[Page]:
        views = self._run.views(resource)
        cursor = Cursor.of(since, self.since, self.server.rstrip("/"))
        self._run.note_unchanged(resource, cursor)
        yield from Walk(self._run.reader, resource, self.since, cursor).pages(views)

    def _milestones(self, resource: Resource) -> Iterator[Page]:
        yield from side_resources.milestones(self._run, self._run.views(resource))

    @cached_property
    def _run(self) -> Run:
        client = Client(self.name, self.server, self.credentials, self.patience, self.ca_bundle)
        return Run(client, self.repositories)
