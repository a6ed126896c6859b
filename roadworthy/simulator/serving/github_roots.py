"""Where queries begin: owners, repositories, and their items by number, by id and in lists."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NoReturn

from graphql import GraphQLError

from roadworthy.simulator.github_timeline import Json
from roadworthy.simulator.serving.github_accounts import account
from roadworthy.simulator.serving.github_events import Resolver
from roadworthy.simulator.serving.github_paging import Place, connection
from roadworthy.simulator.serving.github_state import GitHubRepository, Item, Kind, Thing
from roadworthy.simulator.serving.github_viewing import Info, owner_of, stamp_of

_ORDERS: Final = {
    "CREATED_AT": "created_at",
    "UPDATED_AT": "updated_at",
    "COMMENTS": "comments",
    "DUE_DATE": "due_on",
    "NUMBER": "number",
}


def not_found(message: str) -> NoReturn:
    """Refuse in GitHub's words; the member that was asked for becomes null."""
    raise GraphQLError(f"Could not resolve to {message}", extensions={"type": "NOT_FOUND"})


def given(item: Item, info: Info) -> Item | GraphQLError:
    """The item, or that it cannot be given this time; in a list the error stands in its place."""
    if info.context.site.troubles.is_unready(item.number):
        return GraphQLError("Something went wrong while executing your query.")
    return item


def _repository(
    _source: object,
    info: Info,
    *,
    owner: str,
    name: str,
    followRenames: bool = True,  # noqa: ARG001, N803 - so spelt there, and nothing was renamed
) -> GitHubRepository:
    found: GitHubRepository | None = info.context.repository(f"{owner}/{name}")
    return found or not_found(f"a Repository with the name '{owner}/{name}'.")


def _owner(word: str, kind: str | None) -> Resolver:
    """An owner of a kind; of any kind, there is no error where there is none."""

    def resolve(_source: object, info: Info, *, login: str) -> Thing | None:
        found = owner_of(info.context, login)
        if kind and (found is None or found.kind != kind):
            not_found(f"{word} {kind} with the login of '{login}'.")
        return found

    return resolve


def _viewer(_source: object, info: Info) -> Thing:
    return Thing("User", account(info.context.access.login))


def _node(info: Info, key: str) -> object:
    found = info.context.by_id(key)
    if found is None:
        message = f"Could not resolve to a node with the global id of '{key}'."
        return GraphQLError(message, extensions={"type": "NOT_FOUND"})
    return given(found, info) if isinstance(found, Item) else found


def _numbered(words: str, *kinds: Kind) -> Resolver:
    """An item of a repository by its number."""

    def resolve(source: GitHubRepository, info: Info, *, number: int) -> Item | GraphQLError:
        item = source.items.get(number)
        if item is None or item.kind not in kinds:
            not_found(f"{words} with the number of {number}.")
        return given(item, info)

    return resolve


def order(asked: Json, default: tuple[str, str]) -> tuple[Callable[[Json], Place], bool]:
    """Where a payload stands in the order asked for, and whether that one is turned around."""
    by = asked.get("orderBy") or {}
    member = _ORDERS[by.get("field", default[0])]
    return (
        lambda payload: [payload.get(member) or "", payload["id"]],
        by.get("direction", default[1]) == "DESC",
    )


def _listed(kind: Kind) -> Resolver:
    """The pull requests or the issues of a repository."""

    def resolve(source: GitHubRepository, info: Info, **asked: Any) -> Json:  # noqa: ANN401
        place, is_descending = order(asked, ("CREATED_AT", "ASC"))
        items = [item for item in source.of(kind) if _is_wanted(item, asked)]
        page = connection(items, asked, lambda i: place(i.payload), is_descending=is_descending)
        return {**page, "nodes": [given(item, info) for item in page["nodes"]]}

    return resolve


def _is_wanted(item: Item, asked: Json) -> bool:
    """Whether an item passes the filters of a list."""
    filters = asked.get("filterBy") or {}
    states = asked.get("states") or filters.get("states")
    state = "MERGED" if item.is_merged else item.payload["state"].upper()
    names = {label["name"] for label in item.payload["labels"]}
    labels = asked.get("labels") or filters.get("labels")
    return (
        (not states or state in states)
        and item.payload["updated_at"] >= stamp_of(filters.get("since"))
        and (not labels or bool(names & set(labels)))
    )


def _milestones(source: GitHubRepository, _info: Info, **asked: Any) -> Json:  # noqa: ANN401
    place, is_descending = order(asked, ("NUMBER", "ASC"))
    states = asked.get("states")
    things = [
        Thing("Milestone", m, source)
        for m in source.milestones
        if not states or m["state"].upper() in states
    ]
    return connection(things, asked, lambda t: place(t.payload), is_descending=is_descending)


def _milestone(source: GitHubRepository, _info: Info, *, number: int) -> Thing | None:
    found = next((m for m in source.milestones if m["number"] == number), None)
    return Thing("Milestone", found, source) if found else None


RESOLVERS: Final[Mapping[str, Mapping[str, Resolver]]] = MappingProxyType(
    {
        "Query": {
            "id": lambda _source, _info: "Q_",
            "node": lambda _source, info, *, id: _node(info, id),  # noqa: A006 - so spelt there
            "nodes": lambda _source, info, *, ids: [_node(info, key) for key in ids],
            "organization": _owner("an", "Organization"),
            "user": _owner("a", "User"),
            "repositoryOwner": _owner("", None),
            "repository": _repository,
            "viewer": _viewer,
        },
        "Repository": {
            "issue": _numbered("an Issue", "Issue"),
            "pullRequest": _numbered("a PullRequest", "PullRequest"),
            "issueOrPullRequest": _numbered("an issue or pull request", "Issue", "PullRequest"),
            "issues": _listed("Issue"),
            "pullRequests": _listed("PullRequest"),
            "milestone": _milestone,
            "milestones": _milestones,
        },
    }
)
