"""Which path is answered by what, and how whoever is not known is received.

Wrong or missing credentials make an anonymous visitor on Cloud, who is told that he is nobody where
that matters and else sees what is public, which is nothing; Data Center sends him away.
"""

from typing import TYPE_CHECKING

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from roadworthy.simulator.serving import (
    jira_boards,
    jira_catalogues,
    jira_changelogs,
    jira_people,
    jira_search,
)
from roadworthy.simulator.serving.jira_answers import RefusalError, answer, refusal
from roadworthy.simulator.serving.jql import JqlError

if TYPE_CHECKING:
    from roadworthy.simulator.serving.jira_site import JiraSite

_API = "/rest/api/<any('2', '3', latest):_>"
_AGILE = "/rest/agile/<any('1.0', latest):_>"

_BOTH = [
    Rule(f"{_API}/serverInfo", endpoint=jira_people.server_info),
    Rule(f"{_API}/myself", endpoint=jira_people.myself),
    Rule(f"{_API}/mypermissions", endpoint=jira_people.permissions),
    Rule(f"{_API}/groups/picker", endpoint=jira_people.groups),
    Rule(f"{_API}/group", endpoint=jira_people.group),
    Rule(f"{_API}/group/member", endpoint=jira_people.members),
    Rule(f"{_API}/field", endpoint=jira_catalogues.fields),
    Rule(f"{_API}/status", endpoint=jira_catalogues.statuses),
    Rule(f"{_API}/project", endpoint=jira_catalogues.projects),
    Rule(f"{_API}/project/<key>", endpoint=jira_catalogues.project),
    Rule(f"{_API}/project/<key>/versions", endpoint=jira_catalogues.versions),
    Rule(f"{_API}/project/<key>/statuses", endpoint=jira_catalogues.project_statuses),
    Rule(f"{_API}/project/<key>/role", endpoint=jira_catalogues.roles),
    Rule(f"{_API}/project/<key>/role/<role_id>", endpoint=jira_catalogues.role),
    Rule(f"{_API}/search", endpoint=jira_search.by_offset, methods=("GET", "POST")),
    Rule(f"{_API}/issue/<id_or_key>", endpoint=jira_changelogs.issue),
    Rule(f"{_AGILE}/board", endpoint=jira_boards.boards),
    Rule(f"{_AGILE}/board/<int:board_id>/sprint", endpoint=jira_boards.sprints),
]
_CLOUD = [
    Rule(f"{_API}/group/bulk", endpoint=jira_people.groups_in_bulk),
    Rule(f"{_API}/project/search", endpoint=jira_catalogues.projects_paged),
    Rule(f"{_API}/project/<key>/version", endpoint=jira_catalogues.versions_paged),
    Rule(f"{_API}/search/jql", endpoint=jira_search.by_token, methods=("GET", "POST")),
    Rule(f"{_API}/search/approximate-count", endpoint=jira_search.count, methods=("POST",)),
    Rule(f"{_API}/changelog/bulkfetch", endpoint=jira_changelogs.bulk, methods=("POST",)),
    Rule(f"{_API}/issue/<id_or_key>/changelog", endpoint=jira_changelogs.changelog),
]
_ROUTES = {
    "Cloud": Map([rule.empty() for rule in (*_BOTH, *_CLOUD)]),
    "Server": Map([rule.empty() for rule in _BOTH]),
}
_PUBLIC = frozenset({jira_people.server_info})
"""What anybody may ask of both."""
_EMPTY_FOR_NOBODY = {
    jira_search.by_token: {"issues": [], "isLast": True},
    jira_search.count: {"count": 0},
    jira_catalogues.projects: [],
    jira_catalogues.projects_paged: {
        "maxResults": 50,
        "startAt": 0,
        "total": 0,
        "isLast": True,
        "values": [],
    },
    jira_catalogues.fields: [],
}
"""What a visitor without a name is shown on Cloud, with a status that says that all is well."""


def dispatch(site: "JiraSite", request: Request) -> Response:
    """Answer a request as the site would."""
    try:
        return _routed(site, request)
    except JqlError as error:
        return refusal(RefusalError(400, str(error)))
    except RefusalError as error:
        return refusal(error)


def _routed(site: "JiraSite", request: Request) -> Response:
    routes = _ROUTES[site.deployment].bind_to_environ(request.environ)
    try:
        endpoint, parts = routes.match()
    except HTTPException as error:
        raise RefusalError(error.code or 404, "null for uri: " + request.path) from None
    if not site.access.admits(request, is_cloud=site.is_cloud):
        is_anonymous = site.is_cloud or "Authorization" not in request.headers
        if not (is_anonymous and endpoint in _PUBLIC):
            return _received(site, endpoint)
    response: Response = endpoint(site, request, **{k: v for k, v in parts.items() if k != "_"})
    return response


def _received(site: "JiraSite", endpoint: object) -> Response:
    """How a stranger is received."""
    if site.is_cloud and endpoint in _EMPTY_FOR_NOBODY:
        response = answer(_EMPTY_FOR_NOBODY[endpoint])
    else:
        message = "Client must be authenticated to access this resource."
        response = answer({"message": message, "status-code": 401}, 401)
        response.headers["WWW-Authenticate"] = 'OAuth realm="https%3A%2F%2Facme.atlassian.net"'
    response.headers["X-Seraph-LoginReason"] = "AUTHENTICATED_FAILED"
    return response
