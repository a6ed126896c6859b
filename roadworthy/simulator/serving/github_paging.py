"""Connections: what is given a page at a time, found again by what stood last on the page before.

A cursor holds the place in the order itself (an instant and an id) and no number of a row. So a
page goes on where the last one ended, whatever was added before it, as with GitHub's own.
"""

import json
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias

from graphql import GraphQLError

from roadworthy.simulator.github_timeline import Json

Place: TypeAlias = list[Any]
"""Where something stands in the order; comparable with others of the same connection."""
_PREFIX: Final = b"cursor:v2:"


def connection(
    things: Iterable[Any],
    asked: Json,
    place: Callable[[Any], Place] | None = None,
    *,
    is_descending: bool = False,
) -> Json:
    """A page of things.

    Args:
        things: all of them; in their order where ``place`` is not given.
        asked: the arguments ``first``, ``last``, ``after`` and ``before``.
        place: where one stands.
        is_descending: whether the order is turned around.
    """
    if place is None:
        placed = [([number], thing) for number, thing in enumerate(things)]
    else:
        placed = [(place(thing), thing) for thing in things]
        placed.sort(key=lambda pair: pair[0], reverse=is_descending)
    return page_of(placed, asked, is_descending=is_descending)


def page_of(
    placed: Sequence[tuple[Place, Any]], asked: Json, *, is_descending: bool = False
) -> Json:
    """A page of things that stand in order, each with its place."""
    start, end = _bounds(placed, asked, is_descending=is_descending)
    page = placed[start:end]
    return {
        "nodes": [thing for _, thing in page],
        "edges": lambda _info: [{"cursor": cursor(at), "node": thing} for at, thing in page],
        "totalCount": len(placed),
        "pageInfo": {
            "hasNextPage": end < len(placed),
            "hasPreviousPage": start > 0,
            "startCursor": cursor(page[0][0]) if page else None,
            "endCursor": cursor(page[-1][0]) if page else None,
        },
    }


def cursor(place: Place) -> str:
    """The place, written so that nobody is tempted to read it."""
    return b64encode(_PREFIX + json.dumps(place).encode()).decode()


def _bounds(
    placed: Sequence[tuple[Place, Any]], asked: Json, *, is_descending: bool
) -> tuple[int, int]:
    start, end = 0, len(placed)
    if asked.get("after"):
        last = _read(asked["after"])
        start = sum(at >= last if is_descending else at <= last for at, _ in placed)
    if asked.get("before"):
        first = _read(asked["before"])
        end = sum(at > first if is_descending else at < first for at, _ in placed)
    if asked.get("first") is not None:
        return start, max(min(end, start + asked["first"]), start)
    if asked.get("last") is not None:
        return max(start, end - asked["last"]), end
    return start, end


def _read(text: str) -> Place:
    try:
        decoded = b64decode(text, validate=True)
        place: Place = json.loads(decoded.removeprefix(_PREFIX))
    except (NoBase64, ValueError) as error:
        message = f"`{text}` does not appear to be a valid cursor."
        raise GraphQLError(message, extensions={"type": "INVALID_CURSOR_ARGUMENTS"}) from error
    return place
