"""The ids of all issues that a Jira shows now: nothing else tells what has vanished."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from connectors.answers import RefusedError
from connectors.jira.client import JiraClient, Json
from connectors.jira.deployment import SEARCH, WHOLE, Deployment
from connectors.jira.scope import Scope
from connectors.jira.shapes import listed, member, segment, total_of
from connectors.protocol import ConnectorError, NotVisibleError

_IDS_AT_ONCE: Final[dict[Deployment, int]] = {"Cloud": 5000, "Server": 1000}
_ISSUES_AT_ONCE: Final = 100
_BAD_REQUEST: Final = 400
_COUNTS: Final = 3
"""How often the ids are read again of a Data Center whose issues come and go meanwhile."""


@dataclass(frozen=True, slots=True)
class Census:
    """The enumeration of the issues of one source."""

    client: JiraClient
    deployment: Deployment
    scope: Scope

    def ids(self, known: Collection[str], *, is_certain: bool) -> frozenset[str] | None:
        """All ids; None where a count says at less cost that they are those known.

        Args:
            known: ids of the issues stored and not marked missing.
            is_certain: whether ids are wanted even where the count agrees.
        """
        if self.deployment == "Cloud":
            return frozenset(self._by_token())
        if not is_certain and self._count() == len(known):
            return None
        return self._by_position()

    def issues(self, ids: Sequence[str]) -> Iterator[list[Any]]:
        """The issues with these ids, in pages; one that is gone meanwhile is left out."""
        for start in range(0, len(ids), _ISSUES_AT_ONCE):
            yield self._of(ids[start : start + _ISSUES_AT_ONCE])

    def _of(self, ids: Sequence[str]) -> list[Any]:
        """A single id that is gone makes the server refuse the whole search: halve it then.

        A server may also give fewer than it was asked for: ask for the others.
        """
        if not ids:
            return []
        query: dict[str, str | int] = {
            "jql": f"id in ({', '.join(ids)}) ORDER BY key ASC",
            **WHOLE,
            "maxResults": len(ids),
        }
        try:
            came = listed(self._page("issues found by their ids", query).get("issues"))
        except RefusedError as error:
            if error.status != _BAD_REQUEST:
                raise
            came = []
        there = {str(issue["id"]) for issue in came if isinstance(issue, dict) and "id" in issue}
        rest = [identity for identity in ids if identity not in there]
        if len(rest) == 1:
            return [*came, *self._one(rest[0])]
        middle = len(rest) if came else len(rest) // 2
        return [*came, *self._of(rest[:middle]), *self._of(rest[middle:])]

    def _one(self, identity: str) -> list[Any]:
        try:
            path = f"issue/{segment(identity)}"
            return [self.client.get("an issue found by its id", path, WHOLE)]
        except NotVisibleError:
            return []

    def _by_token(self) -> Iterator[str]:
        used: set[str] = set()
        place: dict[str, str | int] = {}
        while True:
            page = self._ids(place)
            yield from self._ids_of(page)
            token = str(page.get("nextPageToken") or "")
            if page.get("isLast") or not token:
                return
            if token in used:
                raise ConnectorError(
                    f"{self.client.name}: the enumeration of issues gives the same page again and "
                    "again; what was fetched is kept, run again later"
                )
            used.add(token)
            place = {"nextPageToken": token}

    def _by_position(self) -> frozenset[str]:
        """Read until nothing came or went meanwhile: what goes, shifts the others.

        Of a Jira that never stands still, whatever was seen in any reading is there: to miss that
        something vanished is mended in the next night, and to call gone what is there is a lie.
        """
        seen: frozenset[str] = frozenset()
        for _ in range(_COUNTS):
            totals, ids = set[int](), set[str]()
            for page in self._pages_by_position():
                totals.add(self._total(page))
                ids.update(self._ids_of(page))
            if totals == {len(ids)}:
                return frozenset(ids)
            seen |= ids
        return seen

    def _pages_by_position(self) -> Iterator[Json]:
        start = 0
        while True:
            page = self._ids({"startAt": start})
            yield page
            start += len(self._ids_of(page))
            if not self._ids_of(page) or start >= self._total(page):
                return

    def _count(self) -> int:
        return self._total(self._ids({"maxResults": 0}))

    def _ids_of(self, page: Json) -> list[str]:
        return _ids_of(page, self.client.name)

    def _total(self, page: Json) -> int:
        return total_of(page, self.client.name)

    def _ids(self, place: dict[str, str | int]) -> Json:
        query: dict[str, str | int] = {
            "jql": f"{self.scope.whole} ORDER BY key ASC",
            "fields": "id",
            "maxResults": _IDS_AT_ONCE[self.deployment],
            **place,
        }
        return self._page("the enumeration of issues", query)

    def _page(self, what: str, query: dict[str, str | int]) -> Json:
        page: Json = self.client.get(what, SEARCH[self.deployment], query, holds="issues")
        return page


def _ids_of(page: Json, where: str) -> list[str]:
    """The ids on a page.

    Raises:
        ConnectorError: something on it has none; without it an issue would seem to be gone.
    """
    ids = [member(issue, "id") for issue in listed(page.get("issues"))]
    if None in ids:
        raise ConnectorError(
            f"{where}: the enumeration of issues named one without an id; what was fetched is "
            "kept, run again later"
        )
    return [str(identity) for identity in ids]
