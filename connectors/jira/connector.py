"""The connector itself: a Jira's resources as pages of records."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property
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
from connectors.jira.search import Search, project_of
from connectors.protocol import NotVisibleError, Page, Quarantined, Record, Resource, Snapshot
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
        for page in _in_pages(self._things(resource)):
            yield _page(resource, page)

    def census(self, resource: Resource, known: Collection[str]) -> frozenset[str] | None:
        """The ids of all issues that the tracker shows now.

        Raises:
            ConnectorError: as for ``fetch``.
        """
        if resource is not payloads.ISSUES:
            return None
        return self._census.ids(known, is_certain=self._is_from_the_beginning)

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
        """The data stands for the end of the sync; what could not be seen was said on the way."""
        return Snapshot(taken_at=None)

    def close(self) -> None:
        """Let go of the connections."""
        self.client.close()

    def _issues(self, since: str | None) -> Iterator[Page]:
        cursor = Cursor.of(since, self.scope, self.server)
        begins_at = self.scope.begins_at
        self._is_from_the_beginning = cursor.updated == begins_at
        self._projects = cursor.projects
        search = Search(self.client, self._deployment, self.scope)
        for found in search.pages(max(cursor.updated - OVERLAP, begins_at)):
            # How far the search has come is known before the histories are completed: an issue
            # that changes meanwhile is read anew, and says nothing of those that follow it.
            cursor = cursor.after(found.reached, filter(None, map(project_of, found.issues)))
            self._projects = cursor.projects
            self._histories.complete(found.issues)
            yield _page(payloads.ISSUES, found.issues, next_cursor=cursor.text)

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
        deployment = deployment_of(self.client)
        if deployment == "Cloud":
            # It shows whoever it does not know what is public, or nothing, and calls it a success.
            self.client.get("who is asking", "myself")
        return deployment

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(self.client, self._deployment)

    @cached_property
    def _census(self) -> Census:
        return Census(self.client, self._deployment, self.scope)

    @cached_property
    def _histories(self) -> Histories:
        return Histories(self.client, self._deployment)


def _in_pages(things: Iterable[Any]) -> Iterator[list[Any]]:
    """Things page by page; what came before a fault is not lost with it."""
    page: list[Any] = []
    try:
        for thing in things:
            page.append(thing)
            if len(page) == _PAGE_SIZE:
                yield page
                page = []
    except NotVisibleError:
        if page:
            yield page
        raise
    if page:
        yield page


def _page(resource: Resource, things: Sequence[Any], *, next_cursor: str | None = None) -> Page:
    """Things as they came, each a record or set aside with its reason."""
    outcomes = (_outcome(resource, thing, place) for place, thing in enumerate(things))
    return Page.of(resource, outcomes, next_cursor=next_cursor)


def _outcome(resource: Resource, thing: object, place: int) -> Record | Quarantined:
    try:
        if not isinstance(thing, dict):
            raise UnusableError("not an object")  # noqa: TRY301 - one exit for every reason
        return payloads.record(resource, thing)
    except UnusableError as error:
        identity = thing.get("id") if isinstance(thing, dict) else None
        key = excerpt(str(identity)) if isinstance(identity, int | str) else None
        where = f"{resource.name} {key}, number {place} of its page"
        return Quarantined(resource.name, where, str(error), excerpt(json.dumps(thing)), key)
