"""What a Jira says of itself and of whoever asks: a few cheap requests, before anything is read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from connectors.answers import RefusedError
from connectors.jira.catalogue import Catalogue
from connectors.jira.client import JiraClient, Json, Parameters
from connectors.jira.deployment import SEARCH, Deployment, deployment_of
from connectors.jira.scope import Scope
from connectors.protocol import NotVisibleError

AccountKind: TypeAlias = Literal["a person's account", "an application's account", "an account"]

_AT_ONCE: Final = 50
_KINDS: Final[dict[str, AccountKind]] = {
    "atlassian": "a person's account",
    "app": "an application's account",
}


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks, without a name."""

    kind: AccountKind
    zone: str | None
    """Time zone of its profile."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project that this account may see."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of this Jira."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Status:
    """A status of a workflow, with the key of its category."""

    id: str
    name: str
    category: str | None


@dataclass(frozen=True, slots=True)
class JiraInspection:
    """Questions to one Jira, each a request or a few.

    All of them raise what :meth:`JiraClient.get` raises, unless they say otherwise.
    """

    client: JiraClient

    def deployment(self) -> Deployment:
        """Which of the two kinds it is."""
        return deployment_of(self.client)

    def account(self) -> Account:
        """Who asks: what kind of account, and in which zone."""
        told = self.client.get("who is asking", "myself")
        kind = _KINDS.get(str(told.get("accountType")), "an account")
        zone = told.get("timeZone")
        return Account(kind, zone if isinstance(zone, str) else None)

    def projects(self) -> list[Project]:
        """All projects that this account may see."""
        if self.deployment() == "Server":
            return _projects(self.client.all("projects", "project"))
        return _projects(self.client.values("projects", "project/search"))

    def may_browse(self, project: str) -> bool:
        """Whether this account may browse a project; false too where there is no such project."""
        asked: Parameters = {"projectKey": project, "permissions": "BROWSE_PROJECTS"}
        try:
            told = self.client.get(f"permissions in {project}", "mypermissions", asked)
        except (NotVisibleError, RefusedError):
            return False
        permission = (told.get("permissions") or {}).get("BROWSE_PROJECTS") or {}
        return bool(permission.get("havePermission"))

    def workflow(self, project: str) -> list[Status]:
        """Every status that an issue of a project can have, each once."""
        kinds = self.client.all(f"statuses of {project}", f"project/{project}/statuses")
        listed = (status for kind in kinds for status in kind.get("statuses") or ())
        return list({one.id: one for one in map(_status, listed)}.values())

    def statuses(self) -> list[Status]:
        """Every status of the whole Jira."""
        return [_status(one) for one in self.client.all("statuses", "status")]

    def fields(self) -> list[Field]:
        """Every field, by id and name."""
        told = self.client.all("fields", "field")
        return [Field(str(one.get("id")), str(one.get("name"))) for one in told]

    def groups(self) -> list[str]:
        """Names of the groups that this account may see, as far as they come on one page."""
        told = self.client.get("groups", "groups/picker", {"maxResults": _AT_ONCE})
        return [str(one.get("name")) for one in told.get("groups") or ()]

    def members(self, group: str) -> int:
        """How many accounts are in a group."""
        asked: Parameters = {"groupname": group, "maxResults": 1}
        told = self.client.get(f"group {group}", "group/member", asked)
        return int(told.get("total") or 0)

    def holders(self, role: str, projects: Sequence[str]) -> int:
        """How many people hold a role in any of these projects, those of its groups among them."""
        people = Catalogue(self.client, self.deployment()).members(f"role:{role}", projects)
        return len({one.get("accountId") or one.get("key") or one.get("name") for one in people})

    def try_query(self, scope: Scope) -> None:
        """Ask for one issue of a scope.

        Raises:
            RefusedError: the query cannot be understood; the message quotes the tracker.
        """
        path = SEARCH[self.deployment()]
        asked: Parameters = {"jql": scope.condition, "fields": "id", "maxResults": 1}
        self.client.get("a first issue", path, asked)


def _projects(told: Iterable[Json]) -> list[Project]:
    return [Project(str(one.get("key")), str(one.get("name"))) for one in told]


def _status(told: Json) -> Status:
    category = (told.get("statusCategory") or {}).get("key")
    return Status(str(told.get("id")), str(told.get("name")), category)
