"""Repositories read by REST, where there is no GraphQL: an older Enterprise server.

One request a page, and one or two for each item's history: slow, and the same facts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import count
from typing import Any, ClassVar, Final

from connectors.answers import RefusedError
from connectors.decoding import UnusableError
from connectors.github.client import Client
from connectors.github.judging import Listed
from connectors.github.payloads import repository_of
from connectors.github.reading import THINGS, Chunk, Numbers, Place, View, each_named, go_on
from connectors.github.refusals import LostPlaceError
from connectors.github.survey import distinct
from connectors.github.things import things
from connectors.instants import instant
from connectors.protocol import NotVisibleError, Payload

AT_ONCE: Final = 25
"""Items of a page, which is stored once all their histories have come."""
_GONE: Final = frozenset({404, 410})
_PAGE: Final = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_ORDERS: Final = {
    False: {"sort": "created", "direction": "asc"},
    True: {"sort": "updated", "direction": "desc"},
}
_NO_BOARDS: Final = "dates on project boards: the server has no GraphQL of today"


@dataclass(frozen=True, slots=True)
class RestReader:
    """GitHub by its older interface."""

    client: Client
    wanted: Sequence[str]
    interface: ClassVar[str] = "rest"

    @property
    def lacks(self) -> Sequence[str]:
        """What REST has not."""
        return ("merge queues and linked issues: the server has no GraphQL of today",)

    def views(self) -> tuple[View, ...]:
        """Two requests for each repository: its newest issue and pull request, and how many."""
        names = distinct(each_named(self.wanted, self._names_of))
        views = [self._view(name) for name in names]
        return tuple({view.name: view for view in views}.values())

    def chunk(self, place: Place) -> Chunk:
        """A page of items, each with its history."""
        listed, page = self._page(place, AT_ONCE)
        items = tuple(self._histories(place, _own(place, listed.items)))
        return Chunk(items, after=str(page + 1) if listed.has_next else None)

    def numbered(self, place: Place, numbers: Sequence[int]) -> Iterator[Chunk]:
        """The items with these numbers, as a page each."""
        for number in numbers:
            path = f"/repos/{place.repository}/{place.resource.name}/{number}"
            item = self._unless_gone(f"{place}, number {number}", path)
            yield Chunk(tuple(self._histories(place, _own(place, item))))

    def numbers(self, place: Place) -> Numbers:
        """A hundred at a time; REST gives no less than the whole items."""
        listed, page = self._page(place, 100)
        updates = tuple((item["number"], item["updated_at"]) for item in _own(place, listed.items))
        return Numbers(updates, str(page + 1) if listed.has_next else None)

    def milestones(self, view: View) -> Iterator[tuple[Payload, ...]]:
        """Open and closed ones."""
        yield from self._pages(
            f"milestones of {view.name}", f"/repos/{view.name}/milestones", state="all"
        )

    def members(self, organisation: str, slug: str) -> tuple[Mapping[str, Any], ...]:
        """All members of a team.

        Raises:
            NotVisibleError: this account may not see the team.
        """
        what = f"team {organisation}/{slug}"
        try:
            pages = list(self._pages(what, f"/orgs/{organisation}/teams/{slug}/members"))
        except RefusedError as error:
            if error.status not in {*_GONE, HTTPStatus.FORBIDDEN}:
                raise
            raise NotVisibleError(
                f"{self.client.source}: {what} is not there, or not visible to this account; "
                "a token needs the scope read:org"
            ) from error
        return tuple(
            {name: member.get(name) for name in ("login", "type", "id")}
            for page in pages
            for member in page
        )

    def dated_items(self, board: str) -> Iterator[tuple[Payload, ...]]:
        """None: REST does not know these boards."""
        raise NotVisibleError(f"{self.client.source}: project {board}: {_NO_BOARDS}")

    def _names_of(self, owner: str) -> Iterator[str]:
        what = f"the repositories of {owner}"
        try:
            pages = list(self._pages(what, f"/orgs/{owner}/repos"))
        except RefusedError as error:
            if error.status not in _GONE:
                raise
            pages = list(self._pages(what, f"/users/{owner}/repos"))
        names = [one.get("full_name") for page in pages for one in page if not one.get("fork")]
        if None in names:
            raise RefusedError(f"{self.client.source}: {what}: one of them has no name", 200)
        yield from names

    def _view(self, name: str) -> View:
        pulls, both = self._newest(name, "pulls"), self._newest(name, "issues")
        issues = max(_total(both) - _total(pulls), 0)
        return View(
            name=_written(name, (*pulls.items, *both.items)),
            at=pulls.at,
            # Among issues REST lists pull requests, too: their update is at worst one for nothing.
            newest={"pulls": _updated(pulls), "issues": _updated(both) if issues else None},
            totals={"pulls": _total(pulls), "issues": issues},
        )

    def _newest(self, name: str, resource: str) -> Listed:
        what, path = f"{THINGS[resource]} of {name}", f"/repos/{name}/{resource}"
        try:
            return self.client.list(what, path, **_ORDERS[True], state="all", per_page=1)
        except RefusedError as error:
            if resource == "issues" and error.status == HTTPStatus.GONE:
                return Listed((), has_next=False, last=None, at=datetime.now(UTC))  # switched off
            raise

    def _unless_gone(self, what: str, path: str) -> tuple[Any, ...]:
        try:
            return (self.client.get(what, path),)
        except RefusedError as error:
            if error.status not in _GONE:
                raise
            return ()

    def _page(self, place: Place, size: int) -> tuple[Listed, int]:
        page = self._number(place)
        listed = self.client.list(
            str(place),
            f"/repos/{place.repository}/{place.resource.name}",
            things,
            **_ORDERS[place.is_newest_first],
            state="all",
            per_page=size,
            page=page,
        )
        if listed.has_next:
            go_on(f"{self.client.source}: {place}", listed.items, place.came)
        return listed, page

    def _number(self, place: Place) -> int:
        if place.after is None:
            return 1
        if _PAGE.fullmatch(place.after) is None:
            raise LostPlaceError(f"{self.client.source}: {place}")
        return int(place.after)

    def _histories(self, place: Place, items: Sequence[Payload]) -> Iterator[Payload]:
        for item in items:
            try:
                yield self._with_history(place, item)
            except RefusedError as error:
                if error.status not in _GONE:
                    raise  # and else it was deleted since its page came

    def _with_history(self, place: Place, item: Payload) -> Payload:
        what, number = f"{place}, number {item['number']}", item["number"]
        root = f"/repos/{place.repository}"
        whole = {**item, "timeline": self._all(what, f"{root}/issues/{number}/timeline")}
        if place.resource.name == "pulls":
            whole["reviews"] = self._all(what, f"{root}/pulls/{number}/reviews")
        return whole

    def _all(self, what: str, path: str) -> list[Any]:
        return [one for page in self._pages(what, path) for one in page]

    def _pages(self, what: str, path: str, **parameters: str) -> Iterator[tuple[Any, ...]]:
        came = set[int]()
        for page in count(1):
            listed = self.client.list(what, path, **parameters, per_page=100, page=page)
            yield listed.items
            if not listed.has_next:
                return
            go_on(f"{self.client.source}: {what}", listed.items, came)


def _own(place: Place, items: Sequence[Any]) -> tuple[Any, ...]:
    """The items of the resource: among issues REST lists pull requests, too."""
    is_of_issues = place.resource.name == "issues"
    return tuple(one for one in items if not (is_of_issues and "pull_request" in one))


def _written(name: str, items: Sequence[Any]) -> str:
    """The repository's name as GitHub writes it, which a renamed one no longer has from us."""
    for item in items:
        with suppress(UnusableError):
            return repository_of(item)
    return name


def _updated(listed: Listed) -> datetime | None:
    return instant(listed.items[0].get("updated_at")) if listed.items else None


def _total(listed: Listed) -> int:
    """With one item a page, the number of the last page is that of the items."""
    return listed.last or len(listed.items)
