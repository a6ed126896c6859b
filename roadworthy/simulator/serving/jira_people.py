"""The server, the account that asks, and the groups that accounts are in."""

from typing import TYPE_CHECKING
from uuid import NAMESPACE_DNS, uuid5

from werkzeug import Request, Response

from roadworthy.simulator.serving.jira_answers import NOT_SEEN, RefusalError, answer, number, paged
from roadworthy.simulator.serving.jira_rows import Json

if TYPE_CHECKING:
    from roadworthy.simulator.serving.jira_site import JiraSite

PERMISSIONS = {
    "BROWSE_PROJECTS": ("10", "Browse Projects", "PROJECT"),
    "USER_PICKER": ("27", "Browse users and groups", "GLOBAL"),
    "ADMINISTER": ("0", "Administer Jira", "GLOBAL"),
}
PICKED = 20


def server_info(site: "JiraSite", _: Request) -> Response:
    """GET serverInfo."""
    numbers = [1001, 0, 0] if site.is_cloud else [10, 3, 5]
    return answer(
        {
            "baseUrl": site.base_url,
            "version": ".".join(map(str, numbers)) + ("-SNAPSHOT" if site.is_cloud else ""),
            "versionNumbers": numbers,
            "deploymentType": site.deployment,
            "buildNumber": 100281 if site.is_cloud else 10030005,
            "serverTitle": "Acme",
        }
    )


def myself(site: "JiraSite", _: Request) -> Response:
    """GET myself."""
    me = site.access.me
    if site.is_cloud:
        return answer(me)
    named = {"key": "JIRAUSER10000", "name": "reader"}
    return answer({**named, **{k: v for k, v in me.items() if not k.startswith("account")}})


def permissions(site: "JiraSite", request: Request) -> Response:
    """GET mypermissions: of those asked for, which the account has; Cloud insists on a choice."""
    asked = request.args.get("permissions", "")
    if site.is_cloud and not asked:
        raise RefusalError(400, "The 'permissions' query parameter is required.")
    names = asked.split(",") if asked else list(PERMISSIONS)
    unknown = [name for name in names if name not in PERMISSIONS]
    if unknown:
        raise RefusalError(400, f"Unrecognized permission: {unknown[0]}")
    return answer({"permissions": {name: _permission(site, request, name) for name in names}})


def groups(site: "JiraSite", request: Request) -> Response:
    """GET groups/picker: those whose name contains a text."""
    _demand_sight(site)
    query = request.args.get("query", "").lower()
    names = [name for name in sorted(site.groups) if query in name.lower()]
    size = number(request, "maxResults", PICKED) or PICKED
    shown = [{"name": n, "html": n, "labels": [], "groupId": group_id(n)} for n in names[:size]]
    header = f"Showing {len(shown)} of {len(names)} matching groups"
    return answer({"header": header, "total": len(names), "groups": shown})


def groups_in_bulk(site: "JiraSite", request: Request) -> Response:
    """GET group/bulk: all, or those with the given names or ids."""
    _demand_sight(site)
    wanted = {*request.args.getlist("groupName"), *request.args.getlist("groupId")}
    rows = [{"name": name, "groupId": group_id(name)} for name in sorted(site.groups)]
    chosen = [row for row in rows if not wanted or not wanted.isdisjoint(row.values())]
    return answer(paged(request, chosen, site.limits.member_page))


def members(site: "JiraSite", request: Request) -> Response:
    """GET group/member: the users of a group, inactive ones only where asked for."""
    name = _group(site, request)
    wants_all = request.args.get("includeInactiveUsers") == "true"
    rows = [user for user in site.groups[name] if wants_all or user.get("active", True)]
    return answer(paged(request, rows, site.limits.member_page))


def group(site: "JiraSite", request: Request) -> Response:
    """GET group, the older way to the users of a group, which the client library still takes."""
    name = _group(site, request)
    rows = site.groups[name]
    first, last = _span(request.args.get("expand", ""), site.limits.member_page)
    items = rows[first : last + 1]
    users = {
        "size": len(rows),
        "items": items,
        "max-results": site.limits.member_page,
        "start-index": first,
        "end-index": first + len(items) - 1,
    }
    return answer({"name": name, "groupId": group_id(name), "users": users, "expand": "users"})


def group_id(name: str) -> str:
    """The id of a group, which follows from its name as long as nobody renames it."""
    return str(uuid5(NAMESPACE_DNS, f"{name}.groups.acme.example"))


def _permission(site: "JiraSite", request: Request, name: str) -> Json:
    number_, title, kind = PERMISSIONS[name]
    has = {"USER_PICKER": site.access.sees_groups, "ADMINISTER": False}
    return {
        "id": number_,
        "key": name,
        "name": title,
        "type": kind,
        "description": "",
        "havePermission": has[name] if name in has else _browses(site, request),
    }


def _browses(site: "JiraSite", request: Request) -> bool:
    """Whether the account may browse the project asked about, or any."""
    issue = request.args.get("issueKey") or request.args.get("issueId")
    if issue:
        row = site.row(issue)
        if row is None or not site.shows(row):
            raise RefusalError(404, NOT_SEEN)
        return True
    asked = {request.args.get("projectKey"), request.args.get("projectId")} - {None}
    chosen = [key for key, row in site.projects.items() if not asked or asked & {key, row["id"]}]
    if asked and not chosen:
        raise RefusalError(404, f"No project could be found with key '{min(map(str, asked))}'.")
    return any(site.shows_project(key) for key in chosen)


def _demand_sight(site: "JiraSite") -> None:
    if not site.access.sees_groups:
        raise RefusalError(403, "The user does not have the permission to browse users and groups.")


def _group(site: "JiraSite", request: Request) -> str:
    _demand_sight(site)
    asked = request.args.get("groupname") or request.args.get("groupId") or ""
    for name in site.groups:
        if asked in (name, group_id(name)):
            return str(name)
    raise RefusalError(404, f"The group named '{asked}' does not exist.")


def _span(expand: str, page: int) -> tuple[int, int]:
    """First and last place of ``users[first:last]``."""
    inner = expand.removeprefix("users[").removesuffix("]").split(":")
    first = int(inner[0]) if inner[0].isdigit() else 0
    return first, first + page - 1
