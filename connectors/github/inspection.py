"""What GitHub says of itself and of whoever asks: a few cheap requests, before anything is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from connectors.answers import RefusedError
from connectors.github.client import Client

AccountKind: TypeAlias = Literal["a person's account", "a machine's account", "a GitHub App"]

_HIDDEN: Final = frozenset({403, 404, 410, 451})


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository that this account may see."""

    name: str
    """As it is called now: a renamed one is found under its former name too."""
    is_archived: bool
    has_issues: bool


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much may still be asked within the hour."""

    limit: int
    remaining: int


@dataclass(frozen=True, slots=True)
class GitHubInspection:
    """Questions to one GitHub, a request each.

    All of them raise what :meth:`Client.get` raises, unless they say otherwise.
    """

    client: Client

    def account(self) -> AccountKind:
        """Who asks; an App's token stands for nobody, and is told so."""
        try:
            told = _object(self.client.get("who is asking", "/user"))
        except RefusedError as error:
            if error.status not in _HIDDEN:
                raise
            return "a GitHub App"
        return "a person's account" if told.get("type") == "User" else "a machine's account"

    def scopes(self) -> tuple[str, ...] | None:
        """The scopes of the token; None for one that has permissions instead."""
        headers = self.client.headers("the scopes of the token", "/rate_limit")
        if "x-oauth-scopes" not in headers:
            return None
        return tuple(one.strip() for one in headers["x-oauth-scopes"].split(",") if one.strip())

    def allowances(self) -> dict[str, Allowance]:
        """What may still be asked, by interface: core and graphql."""
        resources = _object(_object(self.client.get("limits", "/rate_limit")).get("resources"))
        return {
            name: Allowance(int(one.get("limit", 0)), int(one.get("remaining", 0)))
            for name in ("core", "graphql")
            if (one := _object(resources.get(name)))
        }

    def answers_graphql(self) -> bool:
        """Whether GraphQL is there for this token."""
        try:
            self.client.query("GraphQL", "query { rateLimit { remaining } }", {})
        except RefusedError:
            return False
        return True

    def repository(self, name: str) -> Repository | None:
        """A repository; None where it is not there, or not for this account to see."""
        told = self._seen(f"repository {name}", f"/repos/{name}")
        if told is None:
            return None
        return Repository(
            name=str(told.get("full_name") or name),
            is_archived=bool(told.get("archived")),
            has_issues=bool(told.get("has_issues", True)),
        )

    def has_owner(self, name: str) -> bool:
        """Whether there is such an owner of repositories."""
        return self._seen(f"owner {name}", f"/users/{name}") is not None

    def teams(self, organisation: str) -> list[str]:
        """Slugs of the teams of an organisation that this account may see."""
        listed = self.client.list(f"teams of {organisation}", f"/orgs/{organisation}/teams")
        return [str(one["slug"]) for one in listed.items if "slug" in one]

    def members(self, organisation: str, slug: str) -> int | None:
        """How many are in a team, as far as one page shows; None where it is not visible."""
        path = f"/orgs/{organisation}/teams/{slug}/members"
        try:
            listed = self.client.list(f"team {organisation}/{slug}", path, per_page=100)
        except RefusedError as error:
            if error.status not in _HIDDEN:
                raise
            return None
        return len(listed.items)

    def _seen(self, what: str, path: str) -> Mapping[str, Any] | None:
        try:
            return _object(self.client.get(what, path))
        except RefusedError as error:
            if error.status not in _HIDDEN:
                raise
            return None


def _object(told: object) -> Mapping[str, Any]:
    return told if isinstance(told, dict) else {}
