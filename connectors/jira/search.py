"""Searches page by page: by tokens on Cloud, by position on a Data Center, and never in circles.

Both go by the instant of last change, oldest first, so that a search can begin again at the last
issue that came: where a token repeats or is no longer taken, and after every page of a Data Center,
whose positions shift as soon as anybody touches an issue. An issue that changes while the pages are
read moves to their end and is met there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from connectors.answers import RefusedError
from connectors.jira.client import JiraClient, Json
from connectors.jira.deployment import SEARCH, WHOLE, Deployment
from connectors.jira.scope import Scope, written
from connectors.jira.shapes import member, total_of
from connectors.page_size import PageSize, halves
from connectors.protocol import ConnectorError

Issues: TypeAlias = list[Any]

_BAD_REQUEST: Final = 400
LARGEST_PAGES: Final[dict[Deployment, int]] = {"Cloud": 100, "Server": 150}
"""Issues asked for at once, histories included; fewer where the server cannot cope."""
SMALLEST_PAGE: Final = 10
_LAST_FEW: Final = 5
MOST_PAGES: Final = 100_000
"""More tokens than any search has pages: a server that hands out as many goes in circles."""


@dataclass(frozen=True, slots=True)
class Found:
    """Issues that came together, and how far the search has come with them."""

    issues: Issues
    reached: int
    """Milliseconds since 1970 up to which every change was met."""


@dataclass(slots=True)
class Search:
    """All issues changed since an instant, oldest change first, each once unless it changes."""

    client: JiraClient
    deployment: Deployment
    scope: Scope
    _size: PageSize[int] = field(init=False)
    _seen: set[tuple[str, int]] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        """Begin with pages of the usual size."""
        self._size = PageSize(halves(LARGEST_PAGES[self.deployment], SMALLEST_PAGE))

    def pages(self, since: int) -> Iterator[Found]:
        """Yield what comes, in pages as they come, less what came before."""
        walk = self._by_token if self.deployment == "Cloud" else self._by_position
        reached = since
        for found in walk(since):
            if fresh := [issue for issue in found.issues if self._is_new(issue)]:
                yield Found(fresh, found.reached)
            if found.reached > reached:
                reached = found.reached
                self._forget_before(reached)

    def _is_new(self, issue: object) -> bool:
        identity = str(member(issue, "id")), updated(issue)
        is_new = identity not in self._seen
        self._seen.add(identity)
        return is_new

    def _forget_before(self, reached: int) -> None:
        """What is older comes no more, wherever the search begins again: a page is remembered."""
        self._seen = {seen for seen in self._seen if seen[1] >= reached}

    def _by_token(self, since: int) -> Iterator[Found]:
        """Follow tokens; where one leads nowhere, begin again where the search had come to."""
        reached, begun_at, token = since, -1, ""
        used: set[str] = set()
        while True:
            answer = self._page(since, {"nextPageToken": token} if token else {})
            issues = _issues(answer)
            reached = _reached(issues, reached)
            yield Found(issues, reached)
            token = str(answer.get("nextPageToken") or "")
            if answer and (answer.get("isLast") or not token):
                return
            if token and token not in used and len(used) < MOST_PAGES:
                used.add(token)
                continue
            if reached == begun_at:
                raise ConnectorError(
                    f"{self.client.name}: the search gives the same page again and again; what was "
                    "fetched is kept, run again later"
                )
            since, begun_at, token = reached, reached, ""

    def _by_position(self, since: int) -> Iterator[Found]:
        """Begin every page where the last one led to; within one instant, go on by position."""
        position = 0
        while True:
            answer = self._page(since, {"startAt": position})
            issues, total = _issues(answer), total_of(answer, self.client.name)
            reached = _reached(issues, since)
            yield Found(issues, reached)
            if not issues or position + len(issues) >= total:
                return
            position = 0 if reached > since else position + len(issues)
            since = reached

    def _page(self, since: int, place: dict[str, str | int]) -> Json:
        """One page; an empty answer where a token is no longer taken."""
        jql = f"{self.scope.updated_from(since)} ORDER BY updated ASC, key ASC"
        try:
            return self._ask({"jql": jql, **WHOLE, **place})
        except RefusedError as error:
            if place.get("nextPageToken") and error.status == _BAD_REQUEST:
                return {}
            if error.status == _BAD_REQUEST:
                remedy = "mend 'projects' or 'jql', or let this account browse what they name"
                raise RefusedError(f"{error}; {remedy}", error.status, error.said) from None
            raise

    def _ask(self, query: dict[str, str | int]) -> Json:
        """Ask for fewer issues where the server cannot give as many at once."""

        def ask(size: int) -> Json:
            page: Json = self.client.get(
                "the search for issues",
                SEARCH[self.deployment],
                {**query, "maxResults": size},
                holds="issues",
                can_ask_for_less=not self._size.is_least,
            )
            return page

        return self._size.carry(ask)


def _reached(issues: Issues, before: int) -> int:
    """How far a page leads: not to its last instant, but to the least of its last few.

    The order is that of the search index. An issue that has changed since it was indexed shows a
    later instant than the one by which it stands there, and the search has not come that far.
    """
    last = [at for at in map(updated, issues[-_LAST_FEW:]) if at]
    return max(before, min(last, default=before))


def updated(issue: object) -> int:
    """Milliseconds since 1970 of an issue's last change; 0 where its payload does not say."""
    return written(member(member(issue, "fields"), "updated"))


def project_of(issue: object) -> str | None:
    """Key of the project an issue is in."""
    key = member(member(member(issue, "fields"), "project"), "key")
    return key if isinstance(key, str) else None


def _issues(answer: Json) -> Issues:
    issues = answer.get("issues")
    return issues if isinstance(issues, list) else []
