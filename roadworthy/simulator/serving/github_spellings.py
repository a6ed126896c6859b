"""Members that GraphQL spells in its own way, of many kinds of things or of plain ones.

Nearly every member is what REST calls by the same name in the other spelling (``createdAt``,
``created_at``); only what differs stands in a table.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from roadworthy.simulator.github_timeline import node_id
from roadworthy.simulator.serving.github_accounts import number_of
from roadworthy.simulator.serving.github_events import Resolver
from roadworthy.simulator.serving.github_state import FOUNDED, Thing
from roadworthy.simulator.serving.github_viewing import Info, account_of, owner_of

_LARGEST_INT: Final = 2**31 - 1


def same(name: str) -> Resolver:
    """The member that REST has by the same name in its own spelling."""
    member = re.sub(r"([A-Z])", r"_\1", name).lower()

    def resolve(source: Any, info: Info, **_asked: object) -> object:  # noqa: ANN401
        if isinstance(source, dict):
            value = source.get(name)
            return value(info) if callable(value) else value
        return source.payload.get(member)

    return resolve


def _id(source: Any, _info: Info) -> object:  # noqa: ANN401
    if isinstance(source, dict):
        return source["id"]
    made = source.payload.get("node_id")
    return made or node_id("LA", number_of(source.payload["name"]))


def _database_id(source: Any, _info: Info) -> int | None:  # noqa: ANN401
    number = source.payload.get("id")
    return number if isinstance(number, int) and number <= _LARGEST_INT else None


def _login(source: Thing, _info: Info) -> str:
    """A bot is called by its bare name here, and ``name[bot]`` in REST."""
    login: str = source.payload["login"]
    return login.removesuffix("[bot]")


def _member(*members: str) -> Resolver:
    """The first of some members of the payload that is there."""

    def resolve(source: Any, _info: Info) -> object:  # noqa: ANN401
        payload = source.payload
        return next((payload[name] for name in members if payload.get(name) is not None), None)

    return resolve


def _within(holder: str, name: str) -> Resolver:
    return lambda source, _info: source.payload[holder][name]


def _account(name: str) -> Resolver:
    return lambda source, _info: account_of(source.payload.get(name))


def _constant(value: object) -> Resolver:
    return lambda _source, _info: value


def _owner(source: Any, info: Info) -> Thing | None:  # noqa: ANN401
    return owner_of(info.context, source.owner)


OF_ALL: Final[Mapping[str, Resolver]] = MappingProxyType(
    {
        "id": _id,
        "databaseId": _database_id,
        "fullDatabaseId": lambda source, _info: str(source.payload["id"]),
        "url": _member("html_url", "url"),
        "login": _login,
        "actor": _account("actor"),
        "author": _account("user"),
        "creator": _account("creator"),
        "repository": lambda source, _info: source.repository,
        "pullRequest": lambda source, _info: source.item,
    }
)
_ACCOUNT: Final[Mapping[str, Resolver]] = {"createdAt": _constant(FOUNDED)}
SPELT: Final[Mapping[str, Mapping[str, Resolver]]] = MappingProxyType(
    {
        "Bot": _ACCOUNT,
        "Commit": {
            "oid": _member("sha"),
            "author": _member("author"),
            "committer": _member("committer"),
            "committedDate": _within("committer", "date"),
            "authoredDate": _within("author", "date"),
            "messageHeadline": lambda source, _info: source.payload["message"].partition("\n")[0],
        },
        "Label": {
            "isDefault": lambda source, _info: bool(source.payload.get("default")),
        },
        "Mannequin": _ACCOUNT,
        "Milestone": {
            "closed": lambda source, _info: source.payload["state"] == "closed",
            "state": lambda source, _info: source.payload["state"].upper(),
        },
        "Organization": _ACCOUNT,
        "Repository": {
            "hasIssuesEnabled": _member("has_issues"),
            "isArchived": _member("archived"),
            "isDisabled": _member("disabled"),
            "isFork": _member("fork"),
            "isPrivate": _member("private"),
            "nameWithOwner": _member("full_name"),
            "owner": _owner,
        },
        "User": _ACCOUNT,
    }
)
