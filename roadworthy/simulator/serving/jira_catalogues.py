"""What issues refer to: fields, statuses, projects with their versions and roles.

Simplified: every type of issue has the same workflow, of all statuses.
"""

from typing import TYPE_CHECKING

from werkzeug import Request, Response

from roadworthy.simulator.serving.jira_answers import RefusalError, answer, paged
from roadworthy.simulator.serving.jira_rows import Json

if TYPE_CHECKING:
    from roadworthy.simulator.serving.jira_site import JiraSite


def fields(site: "JiraSite", _: Request) -> Response:
    """GET field."""
    return answer(site.fields)


def statuses(site: "JiraSite", _: Request) -> Response:
    """GET status."""
    return answer(site.statuses)


def projects(site: "JiraSite", _: Request) -> Response:
    """GET project: all that are visible."""
    return answer(_visible(site))


def projects_paged(site: "JiraSite", request: Request) -> Response:
    """GET project/search."""
    keys = request.args.getlist("keys")
    rows = [row for row in _visible(site) if not keys or row["key"] in keys]
    return answer(paged(request, rows))


def project(site: "JiraSite", _: Request, key: str) -> Response:
    """GET project/X, with what belongs to it."""
    row = _seen(site, key)
    return answer(
        {
            **row,
            "issueTypes": _kinds(site, row["key"]),
            "roles": _role_links(site, row["key"]),
            "versions": site.versions.get(row["key"], []),
        }
    )


def versions(site: "JiraSite", _: Request, key: str) -> Response:
    """GET project/X/versions: all of them."""
    return answer(site.versions.get(_seen(site, key)["key"], []))


def versions_paged(site: "JiraSite", request: Request, key: str) -> Response:
    """GET project/X/version."""
    return answer(paged(request, site.versions.get(_seen(site, key)["key"], [])))


def project_statuses(site: "JiraSite", _: Request, key: str) -> Response:
    """GET project/X/statuses: for each type of issue its statuses."""
    kinds = _kinds(site, _seen(site, key)["key"])
    return answer([{**kind, "statuses": site.statuses} for kind in kinds])


def roles(site: "JiraSite", _: Request, key: str) -> Response:
    """GET project/X/role: names and where to ask for more."""
    return answer(_role_links(site, _seen(site, key)["key"]))


def role(site: "JiraSite", _: Request, key: str, role_id: str) -> Response:
    """GET project/X/role/N: who has it."""
    for row in site.project_roles.get(_seen(site, key)["key"], []):
        if str(row["id"]) == role_id:
            return answer(row)
    raise RefusalError(404, f"Cannot find any role with id {role_id}.")


def _visible(site: "JiraSite") -> list[Json]:
    return [row for key, row in sorted(site.projects.items()) if site.shows_project(key)]


def _seen(site: "JiraSite", id_or_key: str) -> Json:
    for row in _visible(site):
        if id_or_key.upper() == row["key"] or id_or_key == str(row["id"]):
            return row
    raise RefusalError(404, f"No project could be found with key '{id_or_key}'.")


def _kinds(site: "JiraSite", key: str) -> list[Json]:
    kinds: dict[str, Json] = {}
    for row in site.rows.values():
        if row.project == key:
            kind = row.payload["fields"]["issuetype"]
            kinds.setdefault(str(kind["id"]), kind)
    return [kinds[kind_id] for kind_id in sorted(kinds)]


def _role_links(site: "JiraSite", key: str) -> dict[str, str]:
    path = f"{site.base_url}/rest/api/2/project/{site.projects[key]['id']}/role"
    return {row["name"]: f"{path}/{row['id']}" for row in site.project_roles.get(key, [])}
