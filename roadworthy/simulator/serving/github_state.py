"""What a GitHub holds: repositories with their items and milestones, and whose events they had.

Everything keeps the payload that REST would answer; GraphQL reads the same one by other names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Final, Literal, TypeAlias

from roadworthy.simulator.github_timeline import API, SITE, Json, node_id
from roadworthy.simulator.serving.github_accounts import account, number_of

Kind: TypeAlias = Literal["PullRequest", "Issue"]
FOUNDED: Final = "2020-01-01T00:00:00Z"
"""Since when things exist whose beginning nobody asks for."""


@dataclass(eq=False, slots=True)
class Thing:
    """A payload, what GraphQL calls it, and the repository it belongs to, if any."""

    kind: str
    payload: Json
    repository: "GitHubRepository | None" = None


@dataclass(eq=False, slots=True)
class Item:
    """A pull request or an issue, with its ``timeline`` (and ``reviews``) in the payload."""

    kind: Kind
    payload: Json
    repository: "GitHubRepository"

    @property
    def number(self) -> int:
        """Its number in its repository."""
        return int(self.payload["number"])

    @property
    def is_merged(self) -> bool:
        """Whether it is a pull request that was merged."""
        return self.payload.get("merged_at") is not None


@dataclass(eq=False, slots=True)
class Happening:
    """An event of an item's timeline."""

    kind: str
    payload: Json
    item: Item


@dataclass(eq=False)
class GitHubRepository:
    """A repository. Items are taken over as they are given and changed in place."""

    name: str
    """Owner and name, as in ``acme/web``."""
    pulls: Iterable[Json] = field(default=(), repr=False)
    issues: Iterable[Json] = field(default=(), repr=False)
    milestones: list[Json] = field(default_factory=list, repr=False)
    """Those that an item carries are added; an item and this list share one object."""
    is_fork: bool = False
    is_archived: bool = False
    has_issues: bool = True
    kind: Literal["Repository"] = "Repository"
    items: dict[int, Item] = field(init=False, repr=False)
    payload: Json = field(init=False, repr=False)
    _last_number: int = field(default=0, init=False, repr=False)

    def __post_init__(self) -> None:
        """Number the items, and let those with the same milestone share it."""
        self.payload = _repository_payload(self)
        self.items = {}
        for milestone in self.milestones:
            self._complete(milestone)
        for payload in self.pulls:
            self.add("PullRequest", payload)
        for payload in self.issues:
            self.add("Issue", payload)

    @property
    def owner(self) -> str:
        """Whose it is."""
        return self.name.partition("/")[0]

    @property
    def id(self) -> int:
        """Its number, which stays when it is renamed."""
        return int(self.payload["id"])

    def of(self, kind: Kind) -> Iterator[Item]:
        """The items of one kind."""
        return (item for item in self.items.values() if item.kind == kind)

    def add(self, kind: Kind, payload: Json) -> Item:
        """Take an item over."""
        payload = {**payload, "timeline": list(payload["timeline"])}
        if kind == "PullRequest":
            payload["reviews"] = list(payload.get("reviews", ()))
        if payload.get("milestone"):
            payload["milestone"] = self._shared(payload["milestone"])
        item = self.items[payload["number"]] = Item(kind, payload, self)
        return item

    def milestone(self, title: str) -> Json:
        """The milestone of that title."""
        return next(m for m in self.milestones if m["title"] == title)

    def rename(self, name: str) -> None:
        """Get another name, with which all addresses change and no id does."""
        before, self.name = self.name, name
        stays = {member: self.payload[member] for member in ("id", "node_id")}
        self.payload = {**_repository_payload(self), **stays}
        for payload in (*(item.payload for item in self.items.values()), *self.milestones):
            for member in ("url", "html_url", "diff_url", "issue_url", "labels_url"):
                if member in payload:
                    address: str = payload[member]
                    payload[member] = address.replace(f"/{before}/", f"/{name}/")

    def next_number(self) -> int:
        """The number that the next item gets; those of deleted items are not given again."""
        self._last_number = max((self._last_number, *self.items)) + 1
        return self._last_number

    def _shared(self, carried: Json) -> Json:
        for milestone in self.milestones:
            if milestone["title"] == carried["title"]:
                return milestone
        self.milestones.append(milestone := dict(carried))
        self._complete(milestone)
        return milestone

    def _complete(self, milestone: Json) -> None:
        """Give a milestone what only a list of milestones tells."""
        taken = {m.get("number") for m in self.milestones}
        number = milestone.setdefault("number", next(n for n in count(1) if n not in taken))
        key = milestone.setdefault("id", number_of(f"{self.name}/milestone/{number}"))
        made = {
            "node_id": node_id("MI", key),
            "url": f"{API}/repos/{self.name}/milestones/{number}",
            "html_url": f"{SITE}/{self.name}/milestone/{number}",
            "labels_url": f"{API}/repos/{self.name}/milestones/{number}/labels",
            "description": None,
            "creator": account("octocat"),
            "state": "open",
            "created_at": FOUNDED,
            "updated_at": milestone.get("closed_at") or FOUNDED,
            "due_on": None,
            "closed_at": None,
        }
        for member, value in made.items():
            milestone.setdefault(member, value)


def _repository_payload(repository: GitHubRepository) -> Json:
    name, key = repository.name, number_of(repository.name)
    return {
        "id": key,
        "node_id": node_id("R", key),
        "name": name.partition("/")[2],
        "full_name": name,
        "private": True,
        "owner": account(repository.owner, kind="Organization"),
        "html_url": f"{SITE}/{name}",
        "description": None,
        "fork": repository.is_fork,
        "url": f"{API}/repos/{name}",
        "created_at": FOUNDED,
        "updated_at": FOUNDED,
        "pushed_at": FOUNDED,
        "default_branch": "main",
        "archived": repository.is_archived,
        "disabled": False,
        "has_issues": repository.has_issues,
        "visibility": "private",
        "permissions": {"admin": False, "push": False, "pull": True},
    }
