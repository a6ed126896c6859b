"""Boards and their sprints, by the agile API.

Simplified: without the permission an account is refused, where a real Jira without Jira Software
does not know the path at all.
"""

from typing import TYPE_CHECKING

from werkzeug import Request, Response

from roadworthy.simulator.serving.jira_answers import RefusalError, answer, paged
from roadworthy.simulator.serving.jira_rows import Json

if TYPE_CHECKING:
    from roadworthy.simulator.serving.jira_site import JiraSite


def boards(site: "JiraSite", request: Request) -> Response:
    """GET board: those of visible projects, of one project, of one kind."""
    rows = _visible(site)
    project = request.args.get("projectKeyOrId")
    if project is not None:
        rows = [row for row in rows if project in _project(row)]
    kind = request.args.get("type")
    if kind is not None:
        rows = [row for row in rows if row["type"] == kind]
    name = request.args.get("name", "").lower()
    return answer(paged(request, [row for row in rows if name in row["name"].lower()]))


def sprints(site: "JiraSite", request: Request, board_id: int) -> Response:
    """GET board/N/sprint: all, or those in the given states."""
    board = next((row for row in _visible(site) if row["id"] == board_id), None)
    if board is None:
        raise RefusalError(404, "Board does not exist or you do not have permission to see it.")
    if board["type"] == "kanban":
        raise RefusalError(400, "The board does not support sprints")
    states = request.args.get("state", "future,active,closed").split(",")
    rows = [row for row in site.sprints.get(board_id, []) if row["state"] in states]
    return answer(paged(request, rows))


def _visible(site: "JiraSite") -> list[Json]:
    if not site.access.sees_boards:
        raise RefusalError(403, "The user does not have the permission to see boards.")
    return [row for row in site.boards if site.shows_project(_project(row)[0])]


def _project(board: Json) -> tuple[str, str]:
    """Key and id of the project that the board is of."""
    location = board["location"]
    return location["projectKey"], str(location["projectId"])
