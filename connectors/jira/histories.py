"""Every history of every issue: those that came with a page, and those that the server left out.

Cloud sends the newest hundred with a search and is silent about the rest but for their number;
what is missing is fetched for all issues of a page at once, and where that does not make the count,
issue by issue. The endpoints do not always agree, so that what any of them tells is kept. How many
the server announced stays in the payload, beside what came: the audit compares them.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from connectors.answers import RefusedError
from connectors.jira.client import JiraClient, Json
from connectors.jira.deployment import WHOLE, Deployment
from connectors.jira.scope import written
from connectors.jira.search import updated
from connectors.jira.shapes import listed, member, objects, segment, total_of
from connectors.protocol import NotVisibleError

_AT_ONCE: Final = 1000
_CAPS: Final = frozenset({40, 100})
"""Lengths at which histories have been seen to be cut off, with a total that did not say so."""
_TOLERANCE: Final = 2000
"""Milliseconds by which a history may be later than the change it tells of: servers write the two
apart, and some cut one of them to the second."""
_NUMBER: Final = re.compile(r"\d{1,18}", re.ASCII)
_READINGS: Final = 3
"""How often an issue is read again that changed while its histories were fetched."""


@dataclass(frozen=True, slots=True)
class Histories:
    """The histories of one Jira."""

    client: JiraClient
    deployment: Deployment

    def complete(self, issues: Sequence[Any]) -> None:
        """Bring the histories of a page of issues to their full number, in place."""
        short = [issue for issue in issues if _is_doubtful(issue)]
        if not short:
            return
        told = self._in_bulk(short) if self.deployment == "Cloud" else {}
        for issue in short:
            _add(issue, told.get(str(issue["id"]), ()))
            if _is_short(issue):
                _add(issue, self._one_by_one(issue))
            self._catch_up(issue)

    def _in_bulk(self, issues: Sequence[Json]) -> dict[str, list[Any]]:
        """Histories by issue; none where the server has no such endpoint."""
        told: dict[str, list[Any]] = defaultdict(list)
        body: Json = {"issueIdsOrKeys": [str(one["id"]) for one in issues], "maxResults": _AT_ONCE}
        used: set[str] = set()
        while True:
            try:
                page = self.client.post("histories", "changelog/bulkfetch", body)
            except (NotVisibleError, RefusedError):
                return told  # asked for one by one instead, which says what is wrong
            for log in objects(page.get("issueChangeLogs")):
                told[str(log.get("issueId"))] += listed(log.get("changeHistories"))
            token = str(page.get("nextPageToken") or "")
            if not token or token in used:
                return told
            used.add(token)
            body["nextPageToken"] = token

    def _one_by_one(self, issue: Json) -> Iterator[Any]:
        """The histories of one issue, oldest first; on a server without the list, from itself."""
        path, what = f"issue/{segment(issue['id'])}", f"histories of {issue['key']}"
        start = 0
        while True:
            place = {"startAt": start, "maxResults": _AT_ONCE}
            try:
                page = self.client.get(what, f"{path}/changelog", place)
            except (NotVisibleError, RefusedError):
                yield from _entries(self._whole(issue))
                return
            entries = listed(page.get("values") or page.get("histories"))
            yield from entries
            start += len(entries)
            if not entries or start >= total_of(page, f"{self.client.name}: {what}"):
                return

    def _catch_up(self, issue: Json) -> None:
        """Read an issue again that was changed between its page and its histories."""
        for _ in range(_READINGS):
            shown = updated(issue)
            if _latest(issue) <= shown + _TOLERANCE:
                return
            histories = _entries(issue)
            issue.update(self._whole(issue))
            _add(issue, histories)
            if updated(issue) == shown:
                return  # nothing has changed: its histories are dated later, as imports do

    def _whole(self, issue: Json) -> Json:
        """An issue as it is now; as it was where it can no longer be seen."""
        try:
            whole: Json = self.client.get(str(issue["key"]), f"issue/{segment(issue['id'])}", WHOLE)
        except NotVisibleError:
            return {}
        return whole


def _is_doubtful(issue: object) -> bool:
    """Whether an issue may have more histories than came with it."""
    if not isinstance(issue, dict) or not {"id", "key", "fields"} <= issue.keys():
        return False  # no usable record, whatever its histories
    if not isinstance(issue["fields"], dict):
        return False
    return _is_short(issue) or len(_entries(issue)) in _CAPS


def _is_short(issue: Json) -> bool:
    announced = _announced(issue)
    return announced is None or len(_entries(issue)) < announced


def _announced(issue: Json) -> int | None:
    """How many histories the server says there are; None where it does not say."""
    total = member(issue.get("changelog"), "total")
    return total if isinstance(total, int) else None


def _entries(issue: Json) -> list[Any]:
    return listed(member(issue.get("changelog"), "histories"))


def _add(issue: Json, more: Iterable[Any]) -> None:
    """Add the histories an issue lacks, and bring all into one order, newest first.

    What is no history stays among them, for the audit to tell.
    """
    by_identity = {_identity(one): one for one in (*more, *_entries(issue))}
    ordered = sorted(by_identity.values(), key=_place, reverse=True)
    announced = _announced(issue)
    total = {} if announced is None else {"total": announced}
    issue["changelog"] = {**total, "histories": ordered}


def _identity(history: object) -> str:
    """The id of a history; one that has none is told by all that it says."""
    is_told = isinstance(history, dict) and "id" in history
    return str(member(history, "id")) if is_told else json.dumps(history, sort_keys=True)


def _place(history: object) -> tuple[int, int]:
    identity = str(member(history, "id"))
    number = int(identity) if _NUMBER.fullmatch(identity) else 0
    return written(member(history, "created")), number


def _latest(issue: Json) -> int:
    return max((written(member(one, "created")) for one in _entries(issue)), default=0)
