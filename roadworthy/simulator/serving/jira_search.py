"""Searching: by page token on Cloud, by offset on Data Center.

A token stands for the place in the order behind which the next page begins, so that an issue which
changes between two pages can come twice or not at all, as it can there.
"""

import base64
import json
from bisect import bisect_right
from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING
from zlib import crc32

from werkzeug import Request, Response

from roadworthy.simulator.serving.jira_answers import RefusalError, answer, said, whole
from roadworthy.simulator.serving.jira_issues import BARE, shown
from roadworthy.simulator.serving.jira_query import Place
from roadworthy.simulator.serving.jira_rows import Json, Row
from roadworthy.simulator.serving.jql import Query, parse

if TYPE_CHECKING:
    from roadworthy.simulator.serving.jira_site import JiraSite

DEFAULT_PAGE = 50
RECONCILED = 50


def by_token(site: "JiraSite", request: Request) -> Response:
    """GET and POST search/jql: a page, and the token of the next."""
    asked = _asked(request)
    jql = str(asked.get("jql") or "")
    query = _bounded(jql)
    found = site.search(query)
    names = _names(asked.get("fields")) or ["id"]
    cap = site.limits.bare_page if BARE.issuperset(names) else site.limits.page
    size = min(whole(asked.get("maxResults"), "maxResults", DEFAULT_PAGE) or DEFAULT_PAGE, cap)
    token = asked.get("nextPageToken")
    start = bisect_right(found, _place(str(token), jql), key=itemgetter(0)) if token else 0
    page = found[start : start + size]
    reconciled = () if token else _reconciled(site, asked, {row.id for _, row in found})
    expand = _names(asked.get("expand"))
    rows = [row for _, row in page]
    answered: Json = {"issues": [shown(site, r, names, expand) for r in (*reconciled, *rows)]}
    answered["isLast"] = start + size >= len(found)
    if not answered["isLast"]:
        answered["nextPageToken"] = _token(page[-1][0], jql)
    return answer(answered)


def by_offset(site: "JiraSite", request: Request) -> Response:
    """GET and POST search: a page, its offset and the number of all; no more on Cloud."""
    if site.is_cloud:
        raise RefusalError(
            410,
            "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API."
            " A full migration guideline is available at"
            " https://developer.atlassian.com/changelog/#CHANGE-2046",
        )
    asked = _asked(request)
    found = site.search(parse(str(asked.get("jql") or "")))
    start = whole(asked.get("startAt"), "startAt", 0)
    size = min(whole(asked.get("maxResults"), "maxResults", DEFAULT_PAGE), site.limits.page)
    names = _names(asked.get("fields")) or ["*navigable"]
    expand = _names(asked.get("expand"))
    return answer(
        {
            "expand": "schema,names",
            "startAt": start,
            "maxResults": size,
            "total": len(found),
            "issues": [shown(site, row, names, expand) for _, row in found[start : start + size]],
        }
    )


def count(site: "JiraSite", request: Request) -> Response:
    """POST search/approximate-count; simplified in that it is exact."""
    return answer({"count": len(site.search(_bounded(str(said(request).get("jql") or ""))))})


def _asked(request: Request) -> Json:
    if request.method == "POST":
        return said(request)
    return {name: ",".join(values) for name, values in request.args.lists()}


def _names(asked: object) -> list[str]:
    """Names as a list or joined by commas."""
    if isinstance(asked, str):
        asked = asked.split(",")
    return [str(name).strip() for name in asked if name] if isinstance(asked, list) else []


def _bounded(jql: str) -> Query:
    query = parse(jql)
    if query.where is None:
        raise RefusalError(
            400,
            "Unbounded JQL queries are not allowed here. "
            "Please add a search restriction to your query.",
        )
    return query


def _reconciled(site: "JiraSite", asked: Json, known: set[int]) -> Iterable[Row]:
    """The issues that the index has not yet got, asked for by id so that they are not missed."""
    ids = _names(str(asked["reconcileIssues"]).strip("[]")) if asked.get("reconcileIssues") else []
    if len(ids) > RECONCILED:
        raise RefusalError(400, f"Only {RECONCILED} issues can be reconciled.")
    rows = (site.rows.get(whole(each, "reconcileIssues", 0)) for each in ids)
    return [row for row in rows if row and row.id not in known and site.shows(row)]


def _token(place: Place, jql: str) -> str:
    text = json.dumps([crc32(jql.encode()), list(place)])
    return base64.urlsafe_b64encode(text.encode()).decode()


def _place(token: str, jql: str) -> Place:
    try:
        query, place = json.loads(base64.urlsafe_b64decode(token))
    except ValueError:
        query, place = None, []
    if query != crc32(jql.encode()):
        raise RefusalError(400, "The provided next page token is invalid or expired.")
    return tuple(place)
