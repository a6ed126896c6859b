"""The connector itself: a Jira's resources as pages of records."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, Final, Literal

from connectors.decoding import UnusableError
from connectors.excerpts import excerpt
from connectors.jira import payloads
from connectors.jira.access import Access
from connectors.jira.catalogue import Catalogue
from connectors.jira.census import Census
from connectors.jira.client import JiraClient
from connectors.jira.deployment import Deployment, deployment_of
from connectors.jira.histories import Histories
from connectors.jira.scope import OVERLAP, Cursor, Scope
from connectors.jira.search import Search, project_of, updated
from connectors.protocol import Page, Quarantined, Record, Resource, Snapshot
from connectors.trouble import Patience

_PAGE_SIZE: Final = 500
"""Things of a catalogue on a page."""


@dataclass
class JiraConnector:
    """The issues of some projects, or of a query, and what they refer to.

    Needs permission to browse the projects; boards, groups and project roles are read where this
    account may see them, and the audit says where it may not.
    """

    name: str
    """The source's name in the configuration."""
    server: str
    access: Access
    patience: Patience
    _: KW_ONLY
    scope: Scope
    groups: tuple[str, ...] = ()
    """Groups (``group:NAME``) and project roles (``role:NAME``) whose members are wanted."""
    client: JiraClient = field(init=False)
    _projects: frozenset[str] = field(default=frozenset(), init=False)
    """Keys of the projects whose versions and boards are wanted: those declared, or those seen."""
    _is_from_the_beginning: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        """Make the line to the server; the first question opens it."""
        self.client = JiraClient(self.name, self.server, self.access, self.patience)

    @property
    def tracker(self) -> Literal["jira"]:
        """Payloads are those of a Jira."""
        return "jira"

    @property
    def is_incremental(self) -> bool:
        """Issues are read from the last change on."""
        return True

    @property
    def requests(self) -> int:
        """Requests sent so far."""
        return self.patience.requests

    @property
    def resources(self) -> tuple[Resource, ...]:
        """All that is read: the issues first, which say what else is wanted."""
        return payloads.RESOURCES

    def fetch(self, resource: Resource, since: str | None) -> Iterator[Page]:
        """Yield the pages of a resource.

        Raises:
            NotVisibleError: nothing of it is to be had.
            ConnectorError: the tracker cannot be read on.
        """
        if resource is payloads.ISSUES:
            yield from self._issues(since)
            return
        things = iter(self._things(resource))
        while page := list(islice(things, _PAGE_SIZE)):
            yield _page(resource, page)

    def census(self, resource: Resource, known: frozenset[str]) -> frozenset[str] | None:
        """The ids of all issues that the tracker shows now.

        Raises:
            ConnectorError: as for ``fetch``.
        """
        if resource is not payloads.ISSUES:
            return None
        shown = self._census.ids(known, is_certain=self._is_from_the_beginning)
        if shown is not None and not shown:
            # Some servers answer whoever they do not know with nothing, and call it a success.
            self.client.get("who is asking", "myself")
        return shown

    def fetch_only(self, resource: Resource, keys: Sequence[str]) -> Iterator[Page]:
        """Yield the pages of the issues with these ids.

        Raises:
            ConnectorError: as for ``fetch``.
        """
        for issues in self._census.issues(keys):
            self._histories.complete(issues)
            if issues:
                yield _page(resource, issues)

    def snapshot(self) -> Snapshot:
        """What it could not see; the data stands for the end of the sync."""
        return Snapshot(taken_at=None, lacks=tuple(self._catalogue.lacks))

    def close(self) -> None:
        """Let go of the connections."""
        self.client.close()

    def _issues(self, since: str | None) -> Iterator[Page]:
        cursor = Cursor.of(since, self.scope)
        begins_at = self.scope.begins_at
        self._is_from_the_beginning = cursor.updated == begins_at
        self._projects = cursor.projects
        search = Search(self.client, self._deployment, self.scope)
        for issues in search.pages(max(cursor.updated - OVERLAP, begins_at)):
            self._histories.complete(issues)
            cursor = cursor.after(max(map(updated, issues)), filter(None, map(project_of, issues)))
            self._projects = cursor.projects
            yield _page(payloads.ISSUES, issues, next_cursor=cursor.text)

    def _things(self, resource: Resource) -> Iterable[Any]:
        projects = sorted(self._projects)
        match resource:
            case payloads.FIELDS:
                return self._catalogue.fields()
            case payloads.STATUSES:
                return self._catalogue.statuses()
            case payloads.VERSIONS:
                return self._catalogue.versions(projects)
            case payloads.SPRINTS:
                return self._catalogue.sprints(projects)
            case _:
                return self._catalogue.groups(self.groups, projects)

    @cached_property
    def _deployment(self) -> Deployment:
        return deployment_of(self.client)

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(self.client, self._deployment)

    @cached_property
    def _census(self) -> Census:
        return Census(self.client, self._deployment, self.scope)

    @cached_property
    def _histories(self) -> Histories:
        return Histories(self.client, self._deployment)


def _page(resource: Resource, things: Sequence[Any], *, next_cursor: str | None = None) -> Page:
    """Things as they came, each a record or set aside with its reason."""
    outcomes = [_outcome(resource, thing, place) for place, thing in enumerate(things)]
    return Page(
        resource=resource,
        records=tuple(one for one in outcomes if isinstance(one, Record)),
        quarantined=tuple(one for one in outcomes if isinstance(one, Quarantined)),
        next_cursor=next_cursor,
    )


def _outcome(resource: Resource, thing: object, place: int) -> Record | Quarantined:
    try:
        if not isinstance(thing, dict):
            raise UnusableError("not an object")  # noqa: TRY301 - one exit for every reason
        return payloads.record(resource, thing)
    except UnusableError as error:
        text = json.dumps(thing)
        identity = thing.get("id") if isinstance(thing, dict) else None
        where = f"{resource.name} {excerpt(str(identity))}, number {place} of its page"
        return Quarantined(resource.name, where, str(error), excerpt(text))
