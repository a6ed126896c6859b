"""What GraphQL tells of organisations and users: repositories, teams and their people, boards."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from roadworthy.simulator.github_timeline import Json
from roadworthy.simulator.serving.github_accounts import team
from roadworthy.simulator.serving.github_boards import Board
from roadworthy.simulator.serving.github_events import Resolver
from roadworthy.simulator.serving.github_paging import connection
from roadworthy.simulator.serving.github_roots import not_found
from roadworthy.simulator.serving.github_state import GitHubRepository, Thing
from roadworthy.simulator.serving.github_viewing import Info, account_of


def _named_repository(
    source: Thing,
    info: Info,
    *,
    name: str,
    followRenames: bool = True,  # noqa: ARG001, N803 - the same
) -> GitHubRepository | None:
    found: GitHubRepository | None = info.context.repository(f"{source.payload['login']}/{name}")
    return found


def _repositories(source: Thing, info: Info, **asked: Any) -> Json:  # noqa: ANN401
    """The repositories of an owner, by name."""
    is_fork, is_archived = asked.get("isFork"), asked.get("isArchived")
    shown = [
        repository
        for repository in info.context.repositories(source.payload["login"])
        if is_fork in (None, repository.is_fork) and is_archived in (None, repository.is_archived)
    ]
    return connection(shown, asked, lambda r: [r.name])


def _team(source: Thing, info: Info, *, slug: str) -> Thing | None:
    owner = source.payload["login"]
    is_there = f"{owner}/{slug}" in info.context.site.teams
    return Thing("Team", {**team(owner, slug), "_owner": owner}) if is_there else None


def _teams(source: Thing, info: Info, **asked: Any) -> Json:  # noqa: ANN401
    owner = source.payload["login"]
    slugs = [n.partition("/")[2] for n in info.context.site.teams if n.startswith(f"{owner}/")]
    return connection([_team(source, info, slug=slug) for slug in sorted(slugs)], asked)


def _members(source: Thing, info: Info, **asked: Any) -> Json:  # noqa: ANN401
    name = f"{source.payload['_owner']}/{source.payload['slug']}"
    people = [account_of(person) for person in info.context.site.teams[name]]
    return connection(people, asked, lambda person: [person.payload["id"]])


def _board(source: Thing, info: Info, *, number: int) -> Board:
    found: Board | None = info.context.site.board(source.payload["login"], number)
    return found or not_found(f"a ProjectV2 with the number {number}.")


def _boards(source: Thing, info: Info, **asked: Any) -> Json:  # noqa: ANN401
    owner = source.payload["login"]
    owned = [board for board in info.context.site.boards if board.owner == owner]
    return connection(owned, asked, lambda board: [board.number], is_descending=True)


_OWNER: Final[Mapping[str, Resolver]] = {
    "repositories": _repositories,
    "repository": _named_repository,
    "projectV2": _board,
    "projectsV2": _boards,
}
RESOLVERS: Final[Mapping[str, Mapping[str, Resolver]]] = MappingProxyType(
    {
        "Organization": {**_OWNER, "team": _team, "teams": _teams},
        "User": _OWNER,
        "Team": {"members": _members},
    }
)
