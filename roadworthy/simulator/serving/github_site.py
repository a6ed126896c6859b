"""A GitHub: everything it holds, who may see it, which edition it is and what goes wrong there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from threading import RLock
from typing import Final, Self

from roadworthy.simulator.github import issue_payload, pull_payload
from roadworthy.simulator.github_timeline import Json, user
from roadworthy.simulator.organisation import Organisation
from roadworthy.simulator.people import TEAMS
from roadworthy.simulator.serving.github_access import TOKEN, Access, App, Doorkeeper
from roadworthy.simulator.serving.github_boards import Board
from roadworthy.simulator.serving.github_edition import CLOUD, Edition
from roadworthy.simulator.serving.github_limits import Quota, Troubles
from roadworthy.simulator.serving.github_state import GitHubRepository, Item

FIRST_NEW_ID: Final = 1_900_000_001
"""Ids of what happens while the site is served; still within GraphQL's Int."""


@dataclass(eq=False)
class GitHubSite:
    """The state of the site; ``github_answering.answering(site)`` makes it answer requests."""

    repositories: Iterable[GitHubRepository] = ()
    teams: dict[str, list[Json]] = field(default_factory=dict)
    """Accounts by ``organisation/slug``."""
    boards: list[Board] = field(default_factory=list)
    access: Mapping[str, Access] = field(default_factory=lambda: {TOKEN: Access()})
    """By token."""
    apps: tuple[App, ...] = ()
    edition: Edition = CLOUD
    troubles: Troubles = field(default_factory=Troubles)
    users: frozenset[str] = frozenset()
    """Owners that are people and no organisations."""

    def __post_init__(self) -> None:
        """Open the doors."""
        self.by_name = {repository.name: repository for repository in self.repositories}
        self.door = Doorkeeper(dict(self.access), self.apps)
        self.quotas = {name: Quota(name) for name in ("core", "graphql")}
        self.moved: dict[tuple[str, int], tuple[str, int]] = {}
        """Issues that were transferred: where they were, and where they are."""
        self.renamed: dict[str, str] = {}
        """Repositories that were renamed: the former name in lower case, and the name."""
        self.deleted: set[tuple[str, int]] = set()
        self.lock = RLock()
        self._ids = count(FIRST_NEW_ID)

    @classmethod
    def of(cls, organisation: Organisation, *, edition: Edition = CLOUD) -> Self:
        """The GitHub of a simulated organisation: a repository and a crew for each team."""
        return cls(
            repositories=[
                GitHubRepository(
                    name=team.repository,
                    pulls=[
                        pull_payload(organisation, pull)
                        for pull in organisation.pulls
                        if pull.team == team
                    ],
                    issues=[
                        issue_payload(issue)
                        for issue in organisation.github_issues
                        if issue.team == team
                    ],
                )
                for team in TEAMS
            ],
            teams={
                f"acme/{team.key.lower()}-crew": [user(p) for p in (*team.engineers, team.lead)]
                for team in TEAMS
            },
            edition=edition,
        )

    def repository(self, name: str) -> GitHubRepository | None:
        """The repository of a name, in whatever case, or of one that it had before."""
        name = self.renamed.get(name.lower(), name.lower())
        return next((r for n, r in self.by_name.items() if n.lower() == name.lower()), None)

    def item(self, repository: str, number: int) -> Item:
        """The item of that number."""
        return self.by_name[repository].items[number]

    def items(self) -> Iterator[Item]:
        """All items of all repositories."""
        return (item for r in self.by_name.values() for item in r.items.values())

    def board(self, owner: str, number: int) -> Board | None:
        """The board of that number."""
        return next((b for b in self.boards if (b.owner, b.number) == (owner, number)), None)

    def owners(self) -> set[str]:
        """Whose things the site holds."""
        names = (*self.by_name, *self.teams)
        return {name.partition("/")[0] for name in names} | {b.owner for b in self.boards}

    def next_id(self) -> int:
        """An id that nothing has yet."""
        return next(self._ids)
