"""One issue, its changelog page by page, and the changelogs of many issues at once.

Simplified: an issue that is unknown or not visible is left out of a bulk answer without a word.
"""

import base64
import json
from collections.abc import Iterable
from operator import attrgetter
from typing import TYPE_CHECKING
from zlib import crc32

from werkzeug import Request, Response

from roadworthy.simulator.serving.jira_answers import (
    NOT_SEEN,
    RefusalError,
    answer,
    paged,
    said,
    whole,
)
from roadworthy.simulator.serving.jira_issues import shown
from roadworthy.simulator.serving.jira_rows import Entry, Json, Row

if TYPE_CHECKING:
    from roadworthy.simulator.serving.jira_site import JiraSite

MOST_ISSUES = 1000
MOST_FIELDS = 10


def issue(site: "JiraSite", request: Request, id_or_key: str) -> Response:
    """GET issue/X; a key that the issue had before it moved leads to it as well."""
    fields = request.args.get("fields", "*all").split(",")
    expand = request.args.get("expand", "").split(",")
    return answer(shown(site, _seen(site, id_or_key), fields, expand))


def changelog(site: "JiraSite", request: Request, id_or_key: str) -> Response:
    """GET issue/X/changelog: all of it, oldest first."""
    row = _seen(site, id_or_key)
    histories = [entry.payload for entry in row.entries]
    return answer(paged(request, histories, site.limits.changelog_page))


def bulk(site: "JiraSite", request: Request) -> Response:
    """POST changelog/bulkfetch: the histories of up to 1000 issues, oldest first across them.

    An issue's histories stand together within a page and go on in the next; instants are numbers.
    """
    asked = said(request)
    names, fields = _list(asked, "issueIdsOrKeys"), _list(asked, "fieldIds")
    if not 0 < len(names) <= MOST_ISSUES or len(fields) > MOST_FIELDS:
        raise RefusalError(400, f"Ask for 1 to {MOST_ISSUES} issues and {MOST_FIELDS} fields.")
    query = crc32(json.dumps([names, fields]).encode())
    start = _start(asked.get("nextPageToken"), query)
    cap = site.limits.bulk_page
    size = min(whole(asked.get("maxResults"), "maxResults", cap) or cap, cap)
    entries = _entries(site, names, frozenset(fields))
    answered: Json = {"issueChangeLogs": _by_issue(entries[start : start + size])}
    if start + size < len(entries):
        token = json.dumps([query, start + size]).encode()
        answered["nextPageToken"] = base64.urlsafe_b64encode(token).decode()
    return answer(answered)


def _seen(site: "JiraSite", id_or_key: str) -> Row:
    row = site.row(id_or_key)
    if row is None or not site.shows(row):
        raise RefusalError(404, NOT_SEEN)
    return row


def _list(asked: Json, name: str) -> list[str]:
    values = asked.get(name) or []
    if not isinstance(values, list):
        raise RefusalError(400, f"'{name}' is no list.")
    return [str(value) for value in values]


def _start(token: object, query: int) -> int:
    if not token:
        return 0
    try:
        of_query, start = json.loads(base64.urlsafe_b64decode(str(token)))
    except ValueError:
        of_query, start = None, 0
    if of_query != query:
        raise RefusalError(400, "The provided next page token is invalid or expired.")
    return int(start)


def _entries(site: "JiraSite", names: Iterable[str], fields: frozenset[str]) -> list[Entry]:
    rows = {row.id: row for row in map(site.row, names) if row is not None and site.shows(row)}
    entries = [entry for row in rows.values() for entry in row.entries]
    if fields:
        entries = [_narrowed(e, fields) for e in entries]
        entries = [e for e in entries if e.payload["items"]]
    return sorted(entries, key=attrgetter("place"))


def _narrowed(entry: Entry, fields: frozenset[str]) -> Entry:
    items = [item for item in entry.payload["items"] if item.get("fieldId") in fields]
    return Entry(entry.created, entry.issue, entry.id, {**entry.payload, "items": items})


def _by_issue(entries: Iterable[Entry]) -> list[Json]:
    grouped: dict[int, list[Json]] = {}
    for entry in entries:
        history = {**entry.payload, "created": entry.created}
        grouped.setdefault(entry.issue, []).append(history)
    return [{"issueId": str(i), "changeHistories": rows} for i, rows in grouped.items()]
