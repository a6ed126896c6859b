"""REST's lists: sorted, filtered, a page at a time, with links to the other pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from werkzeug import Request

from roadworthy.simulator.github_timeline import Json

_AT_ONCE: Final = 100
_DEFAULT: Final = 30


@dataclass(frozen=True)
class Listed:
    """A page of a list."""

    page: list[Json]
    links: str
    """The Link header; empty where there is one page."""


def listed(request: Request, things: Sequence[Json]) -> Listed:
    """The page that the request asks for."""
    size = min(request.args.get("per_page", _DEFAULT, int), _AT_ONCE)
    number = max(request.args.get("page", 1, int), 1)
    last = max((len(things) + size - 1) // size, 1)
    return Listed(list(things[(number - 1) * size : number * size]), _links(request, number, last))


def in_order(request: Request, things: list[Json], turned: frozenset[str]) -> list[Json]:
    """By creation, or by what ``sort`` names; the orders in ``turned`` begin with the latest."""
    sort = request.args.get("sort", "created")
    member, direction = f"{sort}_at", "desc" if sort in turned else "asc"
    is_descending = request.args.get("direction", direction) == "desc"
    return sorted(things, key=lambda t: (t[member], t["id"]), reverse=is_descending)


def in_state(request: Request, things: list[Json]) -> list[Json]:
    """Those that are open, or as ``state`` asks."""
    state = request.args.get("state", "open")
    return [thing for thing in things if state in ("all", thing["state"])]


def _links(request: Request, number: int, last: int) -> str:
    pages = {"prev": number - 1, "next": number + 1, "last": last, "first": 1}
    is_shown = {
        "prev": number > 1,
        "next": number < last,
        "last": number < last,
        "first": number > 1,
    }
    return ", ".join(
        f'<{_address(request, page)}>; rel="{relation}"'
        for relation, page in pages.items()
        if is_shown[relation]
    )


def _address(request: Request, page: int) -> str:
    asked = {**request.args.to_dict(), "page": str(page)}
    return f"{request.base_url}?{urlencode(asked)}"
