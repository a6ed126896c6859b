"""A Jira with all that it holds, answering as Jira Cloud or as Jira Data Center.

What it answers is in the modules of the routes; what happens to it between two syncs is in
:mod:`jira_events`. Payloads are kept as they were given and never changed in place. Texts are those
of version 2 of the API under version 3 as well.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self, TypeAlias
from zoneinfo import ZoneInfo

from werkzeug import Request, Response

from roadworthy.simulator.jira_values import SITE
from roadworthy.simulator.organisation import Organisation
from roadworthy.simulator.serving import jira_organisation
from roadworthy.simulator.serving.jira_access import Access
from roadworthy.simulator.serving.jira_query import Found, Visible, found
from roadworthy.simulator.serving.jira_routes import dispatch
from roadworthy.simulator.serving.jira_rows import Json, Row
from roadworthy.simulator.serving.jql import Query

Deployment: TypeAlias = Literal["Cloud", "Server"]
Lists: TypeAlias = Mapping[Any, Iterable[Json]]

KEPT_SEARCHES = 8


@dataclass
class Limits:
    """How much comes at once; a test may ask for less than the real thing gives."""

    page: int
    """Issues of a search, with fields."""
    bare_page: int = 5000
    """Issues of a search that asks for nothing but id and key."""
    inline_histories: int | None = 100
    """Histories that come with an issue, the newest; None: all, as on Data Center."""
    changelog_page: int = 100
    bulk_page: int = 1000
    member_page: int = 50


class JiraSite:
    """The simulated Jira."""

    def __init__(
        self,
        deployment: Deployment,
        *,
        projects: Iterable[Json] = (),
        issues: Iterable[Json] = (),
        fields: Iterable[Json] = (),
        statuses: Iterable[Json] = (),
        versions: Lists | None = None,
        boards: Iterable[Json] = (),
        sprints: Lists | None = None,
        groups: Lists | None = None,
        project_roles: Lists | None = None,
        access: Access | None = None,
    ) -> None:
        """Take what the Jira holds.

        Args:
            deployment: Cloud, or Server for a Data Center, as ``serverInfo`` says it.
            projects: as GET /project lists them; those of the issues are known without.
            issues: as a search returns them, with the whole changelog inline in any order.
            fields: as GET /field lists them.
            statuses: as GET /status lists them.
            versions: for each project key, as GET /project/X/versions lists them.
            boards: as the agile API lists them.
            sprints: for each id of a board, as the agile API lists them.
            groups: for each name, the users in it.
            project_roles: for each project key, roles with their ``actors``.
            access: the account that asks.
        """
        self.deployment = deployment
        self.access = access or Access()
        self.base_url = SITE
        self.limits = Limits(100) if self.is_cloud else Limits(1000, 1000, inline_histories=None)
        self.rows = {row.id: row for row in map(Row.of, issues)}
        self.projects = _by_key(projects, self.rows.values())
        self.fields = list(fields)
        self.statuses = list(statuses)
        self.versions = _lists(versions)
        self.boards = list(boards)
        self.sprints = {int(board): rows for board, rows in _lists(sprints).items()}
        self.groups = _lists(groups)
        self.project_roles = _lists(project_roles)
        self.keys = {row.key: row.id for row in self.rows.values()}
        """The id behind every key, those included that issues had before they moved."""
        self.unindexed: set[str] = set()
        """Ids of issues that no search finds yet, though they can be read: Cloud's index lags."""
        self.lock = threading.RLock()
        self._last_history = max((e.id for r in self.rows.values() for e in r.entries), default=0)
        self._searches: dict[object, Found] = {}

    @classmethod
    def of(cls, organisation: Organisation, deployment: Deployment = "Cloud") -> Self:
        """The Jira of the simulated organisation."""
        is_cloud = deployment == "Cloud"
        return cls(deployment, **jira_organisation.contents(organisation, is_cloud=is_cloud))

    @property
    def is_cloud(self) -> bool:
        """Whether it is Jira Cloud."""
        return self.deployment == "Cloud"

    def app(self, request: Request) -> Response:
        """Answer a request."""
        with self.lock:
            return dispatch(self, request)

    def next_history(self) -> int:
        """An id for a new history, above all that there are."""
        self._last_history += 1
        return self._last_history

    def changed(self) -> None:
        """Forget what was found before; to be called after whatever changes an issue."""
        self._searches.clear()

    def put(self, row: Row) -> None:
        """Keep an issue, in the place of what it was before."""
        self.rows[row.id] = row
        self.keys[row.key] = row.id
        self.changed()

    def row(self, id_or_key: str) -> Row | None:
        """An issue by its id, its key, or a key that it had before; whether visible or not."""
        is_id = id_or_key.isdigit()
        return self.rows.get(int(id_or_key) if is_id else self.keys.get(id_or_key.upper(), -1))

    def shows(self, row: Row) -> bool:
        """Whether the account may read an issue."""
        access = self.access
        return str(row.id) not in access.hidden_issues and self.shows_project(row.project)

    def shows_project(self, key: str) -> bool:
        """Whether the account may browse a project."""
        return key in self.projects and key not in self.access.hidden_projects

    def search(self, query: Query) -> Found:
        """The issues that a query finds.

        Raises:
            JqlError: it asks for what does not exist.
        """
        access = self.access
        key = (
            query,
            frozenset(access.hidden_issues),
            frozenset(access.hidden_projects),
            frozenset(self.unindexed),
        )
        if key not in self._searches:
            if len(self._searches) >= KEPT_SEARCHES:
                self._searches.clear()
            self._searches[key] = found(self._visible(), query.where, query.order)
        return self._searches[key]

    def _visible(self) -> Visible:
        return Visible(
            rows={row.id: row for row in self.rows.values() if self._is_findable(row)},
            projects={
                key: frozenset({key.lower(), str(project["id"]), project["name"].lower()})
                for key, project in self.projects.items()
                if self.shows_project(key)
            },
            keys=self.keys,
            zone=ZoneInfo(self.access.me["timeZone"]),
        )

    def _is_findable(self, row: Row) -> bool:
        return not row.is_archived and str(row.id) not in self.unindexed and self.shows(row)


def _by_key(projects: Iterable[Json], rows: Iterable[Row]) -> dict[str, Json]:
    of_issues = {row.project: row.payload["fields"]["project"] for row in rows}
    return {**of_issues, **{project["key"]: project for project in projects}}


def _lists(lists: Lists | None) -> dict[Any, list[Json]]:
    return {key: list(rows) for key, rows in (lists or {}).items()}
