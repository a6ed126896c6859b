"""A GitHub site as a function of a request, as a server wants it.

It answers under its root as api.github.com does, and under ``/api/v3`` (GraphQL: ``/api/graphql``)
as an Enterprise server does. Addresses in payloads are those of the root that was asked.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Final

from werkzeug import Request, Response

from roadworthy.simulator.github_timeline import API, Json
from roadworthy.simulator.serving import github_apps, github_graphql, github_rest
from roadworthy.simulator.serving.github_access import Access
from roadworthy.simulator.serving.github_asking import RefusalError
from roadworthy.simulator.serving.github_limits import Quota
from roadworthy.simulator.serving.github_listing import Listed
from roadworthy.simulator.serving.github_site import GitHubSite
from roadworthy.simulator.serving.github_viewing import Viewing

_ENTERPRISE: Final = "/api/v3"
_GRAPHQL: Final = ("/graphql", "/api/graphql")
_DOCUMENTATION: Final = "https://docs.github.com/rest"
_UNCOUNTED: Final = ("/rate_limit", "/meta")


def answering(site: GitHubSite) -> Callable[[Request], Response]:
    """What a server is to let answer; one request at a time, as the site may change meanwhile."""

    def app(request: Request) -> Response:
        with site.lock:
            try:
                response = _answer(site, request)
            except RefusalError as refusal:
                told = {"message": refusal.message, "documentation_url": _DOCUMENTATION}
                headers = {**site.quotas["core"].headers(), **refusal.headers}
                response = _json(request, told, refusal.status, headers)
        return _at_home(site, request, response)

    return app


def _answer(site: GitHubSite, request: Request) -> Response:
    path = request.path.removeprefix(_ENTERPRISE)
    claimed = github_apps.claimed(site, request, path)
    if claimed is not None:
        return _json(request, claimed, 201 if request.method == "POST" else 200)
    access = site.door.admit(request.headers.get("Authorization", ""))
    if access is None:
        is_anonymous = "Authorization" not in request.headers
        raise RefusalError(401, "Requires authentication" if is_anonymous else "Bad credentials")
    viewing = Viewing(site, access)
    is_graphql = request.path in _GRAPHQL
    _meet_troubles(site, "graphql" if is_graphql else "core")
    answer = _graphql(viewing, request) if is_graphql else _rest(viewing, request, path)
    answer.headers.extend(_scopes(access))
    return answer


def _meet_troubles(site: GitHubSite, resource: str) -> None:
    """Refuse where a limit is planned, or the one of the hour is used up."""
    troubles, quota = site.troubles, site.quotas[resource]
    troubles.requests += 1
    is_spent = quota.is_spent()
    if troubles.requests in troubles.secondary:
        raise RefusalError(
            403,
            "You have exceeded a secondary rate limit. Please wait a few minutes before you try "
            "again.",
            {"Retry-After": str(troubles.retry_after), **quota.headers()},
        )
    if troubles.requests in troubles.primary or (is_spent and resource == "core"):
        message = "API rate limit exceeded for user ID 1."
        raise RefusalError(troubles.primary_status, message, quota.headers(remaining=0))


def _graphql(viewing: Viewing, request: Request) -> Response:
    site, quota = viewing.site, viewing.site.quotas["graphql"]
    if request.method != "POST" or not site.edition.has_graphql:
        raise RefusalError(404, "Not Found")
    site.troubles.queries += 1
    if site.troubles.queries in site.troubles.rate_limited_queries:
        return _json(request, _limited(site), headers=quota.headers(remaining=0))
    try:
        told = github_graphql.answer(viewing, request.get_json())
    except github_graphql.QuotaSpentError:
        return _json(request, _limited(site), headers=quota.headers(remaining=0))
    except github_graphql.OverloadError:
        return _overloaded(request, site, quota)
    return _json(request, told, headers=quota.headers())


def _overloaded(request: Request, site: GitHubSite, quota: Quota) -> Response:
    told = site.troubles.overload
    if told.isdigit():
        return _json(request, {"message": "Server Error"}, int(told), quota.headers())
    error = {"type": told, "message": "Resource limits for this query exceeded."}
    return _json(request, {"data": None, "errors": [error]}, headers=quota.headers())


def _limited(site: GitHubSite) -> Json:
    """The two ways in which GitHub has told of a limit at status 200."""
    word = site.troubles.rate_limit_word
    if word == "RATE_LIMITED":
        return {"errors": [{"type": word, "message": "API rate limit exceeded for user ID 1."}]}
    message = "API rate limit already exceeded for user ID 1."
    return {"errors": [{"type": word, "code": "graphql_rate_limit", "message": message}]}


def _rest(viewing: Viewing, request: Request, path: str) -> Response:
    quota = viewing.site.quotas["core"]
    found = github_rest.resource(request, path, viewing)
    told = found.page if isinstance(found, Listed) else found
    links = {"Link": found.links} if isinstance(found, Listed) and found.links else {}
    text = _text(request, told)
    tag = f'W/"{hashlib.sha256(text.encode()).hexdigest()}"'
    if request.headers.get("If-None-Match") == tag:
        return Response(status=304, headers={"ETag": tag, **quota.headers()})
    if path not in _UNCOUNTED:
        quota.spend()
    return _json(request, told, headers={"ETag": tag, **links, **quota.headers()})


def _scopes(access: Access) -> Mapping[str, str]:
    return {} if access.scopes is None else {"X-OAuth-Scopes": ", ".join(access.scopes)}


def _json(
    request: Request, told: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    content_type = "application/json; charset=utf-8"
    return Response(_text(request, told), status, headers, content_type=content_type)


def _text(request: Request, told: object) -> str:
    """JSON, in which the addresses of the API are those under which it was asked."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text.replace(f'"{API}/', f'"{_root(request)}/')


def _root(request: Request) -> str:
    prefix = _ENTERPRISE if request.path.startswith("/api/") else ""
    return f"{request.host_url.rstrip('/')}{prefix}"


def _at_home(site: GitHubSite, request: Request, response: Response) -> Response:
    """The headers that every answer has."""
    location = response.headers.get("Location")
    if location:
        response.headers["Location"] = location.replace(API, _root(request))
    version = site.edition.version
    response.headers["X-GitHub-Media-Type"] = "github.v3; format=json"
    if version:
        response.headers["X-GitHub-Enterprise-Version"] = version
    return response
