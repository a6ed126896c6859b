"""Finding one's way in a reply of GraphQL, of which any part may be missing."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from connectors.answers import PassingError, RefusedError
from connectors.github.judging import OTHER_SHAPE, Reply


@dataclass(frozen=True, slots=True)
class Connection:
    """One page of a connection."""

    nodes: tuple[Any, ...]
    after: str | None
    """Token behind which more is to come; None: this was the last page."""


def at(value: object, *path: str) -> Any:  # noqa: ANN401 - JSON
    """What stands at a path, None where it or anything before it is not there."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def text(value: object, name: str) -> str:
    """A text that was asked for.

    Raises:
        PassingError: it is not there.
    """
    told = at(value, name)
    if not isinstance(told, str):
        raise PassingError(OTHER_SHAPE)
    return told


def connection(value: object, passed: Collection[str] = ()) -> Connection:
    """The page that a connection's value is.

    Raises:
        PassingError: it is none, or its token is one that was passed before.
    """
    nodes, info = at(value, "nodes"), at(value, "pageInfo")
    if not isinstance(nodes, list) or not isinstance(info, Mapping):
        raise PassingError(OTHER_SHAPE)
    if not info.get("hasNextPage"):
        return Connection(tuple(nodes), None)
    after = info.get("endCursor")
    if not isinstance(after, str) or after in passed:
        raise PassingError("the tracker named the same page again as the next one")
    return Connection(tuple(nodes), after)


def found(reply: Reply, where: str, *path: str) -> Mapping[str, Any]:
    """The object at a path.

    Raises:
        RefusedError: it is not there, or this account may not see it.
        PassingError: it did not come for another reason.
    """
    value = at(reply.data, *path)
    if isinstance(value, Mapping):
        return value
    above = [fault for fault in reply.faults if fault.path == path[: len(fault.path)]]
    if above and not any(fault.is_of_access for fault in above):
        raise PassingError("GraphQL left the answer incomplete", is_overload=True)
    said = " ".join(fault.said for fault in above)
    hint = "; the token must be authorised for single sign-on" if "SAML" in said else ""
    raise RefusedError(
        f"{where}: not found, or not visible to this account; see to its name, and to what the "
        f"token or the App may read{hint}",
        404,
        said,
    )


def connected(
    where: str, *path: str, passed: Collection[str] = ()
) -> Callable[[Reply], Connection]:
    """A reader of the connection at a path, of which nothing is missing."""
    return lambda reply: connection(found(whole(reply), where, *path), passed)


def whole(reply: Reply) -> Reply:
    """The reply, if nothing is missing from it but what this account may not see.

    Raises:
        PassingError: something is; for what is read whole, it would seem to be gone.
    """
    if is_broken(reply):
        raise PassingError("GraphQL left the answer incomplete", is_overload=True)
    return reply


def is_broken(reply: Reply, *path: str | int) -> bool:
    """Whether something at or below a path did not come that would come another time."""
    return any(fault.path[: len(path)] == path and not fault.is_of_access for fault in reply.faults)
