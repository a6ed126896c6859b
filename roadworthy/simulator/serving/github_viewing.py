"""Who asks, and what of the site this one sees: shared by everything that answers one request."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final, TypeAlias

from graphql import GraphQLResolveInfo

from roadworthy.simulator.github_timeline import Json, node_id
from roadworthy.simulator.serving.github_access import Access
from roadworthy.simulator.serving.github_accounts import number_of
from roadworthy.simulator.serving.github_site import GitHubSite
from roadworthy.simulator.serving.github_state import GitHubRepository, Item, Thing
from roadworthy.simulator.stamps import github_stamp

_CLOSES: Final = re.compile(
    r"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?P<repository>[\w.-]+/[\w.-]+)?#(?P<number>\d+)",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True)
class Viewing:
    """A request's view of the site."""

    site: GitHubSite
    access: Access

    def repository(self, name: str) -> GitHubRepository | None:
        """The repository, where it is there and may be seen."""
        found = self.site.repository(name)
        return found if found and self.access.sees(found.name) else None

    def repositories(self, owner: str) -> list[GitHubRepository]:
        """Those of one owner that may be seen, by name."""
        names = sorted(name for name in self.site.by_name if name.startswith(f"{owner}/"))
        return [found for name in names if (found := self.repository(name))]

    @cached_property
    def _ids(self) -> dict[str, object]:
        site, repositories = self.site, self.site.by_name.values()
        return {
            **{item.payload["node_id"]: item for item in site.items()},
            **{r.payload["node_id"]: r for r in repositories},
            **{m["node_id"]: Thing("Milestone", m, r) for r in repositories for m in r.milestones},
            **{board.node_id: board for board in site.boards},
            **{b.item_node_id(i): (b, i) for b in site.boards for i in b.items},
        }

    def by_id(self, key: str) -> object | None:
        """What has a global id, among what anybody asks for by one, where it may be seen."""
        found = self._ids.get(key)
        home = getattr(found, "repository", found)
        is_hidden = isinstance(home, GitHubRepository) and not self.access.sees(home.name)
        return None if is_hidden else found

    def referred(self, reference: str) -> Item | None:
        """The item that a reference such as ``acme/web#3`` means, where it may be seen."""
        name, _, number = reference.partition("#")
        repository = self.repository(name)
        return repository.items.get(int(number)) if repository else None

    def closed_by(self, pull: Item) -> Iterator[Item]:
        """The issues that a pull request closes when merged: declared, or named in its body."""
        named = (
            f"{found['repository'] or pull.repository.name}#{found['number']}"
            for found in _CLOSES.finditer(pull.payload.get("body") or "")
        )
        for reference in dict.fromkeys((*pull.payload.get("closes", ()), *named)):
            item = self.referred(reference)
            if item and item.kind == "Issue":
                yield item


Info: TypeAlias = GraphQLResolveInfo[Viewing]
"""What GraphQL tells a resolver; ``context`` is the view of the one who asks."""


def account_of(payload: Json | None) -> Thing | None:
    """An account; None where it was deleted."""
    return Thing(payload.get("type", "User"), payload) if payload else None


def owner_of(viewing: Viewing, login: str) -> Thing | None:
    """The organisation or the user of a login."""
    if login not in viewing.site.owners() | viewing.site.users:
        return None
    kind = "User" if login in viewing.site.users else "Organization"
    payload: Json = next(
        (r.payload["owner"] for r in viewing.site.by_name.values() if r.owner == login),
        {"login": login, "id": number_of(login), "node_id": node_id(kind[0], number_of(login))},
    )
    return Thing(kind, payload)


def stamp_of(asked: str | None) -> str:
    """An instant that somebody asked for, written as in payloads, to be compared with theirs."""
    return github_stamp(datetime.fromisoformat(asked)) if asked else ""


def event_instant(event: Json) -> str:
    """When an event happened; a review and a commit have a name of their own for it."""
    at = event.get("created_at") or event.get("submitted_at")
    return str(at or event["committer"]["date"])
