"""What issues refer to: fields, statuses, versions, sprints, and who is in a group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from connectors.answers import RefusedError
from connectors.jira.client import AGILE, JiraClient, Json
from connectors.jira.deployment import Deployment
from connectors.protocol import NotVisibleError

_BOARDS_AT_ONCE: Final = 50


@dataclass(slots=True)
class Catalogue:
    """The side resources of one Jira, each read whole at every sync."""

    client: JiraClient
    deployment: Deployment
    lacks: list[str] = field(default_factory=list)
    """What could not be seen, in sentences."""

    def fields(self) -> list[Any]:
        """Every field, with its name and type."""
        return list(self.client.get("fields", "field"))

    def statuses(self) -> list[Any]:
        """Every status, with the key of its category."""
        return list(self.client.get("statuses", "status"))

    def versions(self, projects: Sequence[str]) -> Iterator[Any]:
        """The versions of each project, released and archived ones too."""
        for key in projects:
            try:
                project = self.client.get(f"versions of {key}", f"project/{key}")
            except NotVisibleError as error:
                self.lacks.append(str(error))
                continue
            for version in project.get("versions") or ():
                yield {"projectId": project.get("id"), **version}

    def sprints(self, projects: Sequence[str]) -> Iterator[Any]:
        """The sprints of the boards of the projects, each once, closed ones too.

        Raises:
            NotVisibleError: this Jira has no boards, or none that this account may see.
        """
        seen: set[str] = set()
        for board in self._boards(projects):
            for sprint in self._sprints_of(board):
                if str(sprint.get("id")) not in seen:
                    seen.add(str(sprint.get("id")))
                    yield sprint

    def groups(self, names: Sequence[str], projects: Sequence[str]) -> Iterator[Json]:
        """Who is in each group (``group:NAME``) or project role (``role:NAME``) now."""
        for entry in names:
            kind, _, name = entry.partition(":")
            try:
                members = (
                    list(self._members(name))
                    if kind == "group"
                    else list(self._actors(name, projects))
                )
            except (NotVisibleError, RefusedError) as error:
                self.lacks.append(f"members of {entry} are unknown: {error}")
                continue
            yield {"id": entry, "name": name, "members": members}

    def _boards(self, projects: Sequence[str]) -> Iterator[Json]:
        """Boards with sprints: all at once where they are few and say whose they are."""
        if self.deployment == "Cloud":
            page = self._board_page({})
            if page.get("isLast"):
                boards = page.get("values") or ()
                yield from (board for board in boards if _is_of(board, projects))
                return
        for key in projects:
            yield from self._boards_of(key)

    def _boards_of(self, project: str) -> Iterator[Json]:
        start = 0
        while True:
            page = self._board_page({"projectKeyOrId": project, "startAt": start})
            boards = page.get("values") or []
            yield from (board for board in boards if board.get("type") == "scrum")
            start += len(boards)
            if page.get("isLast", True) or not boards:
                return

    def _board_page(self, narrowed: dict[str, str | int]) -> Json:
        query: dict[str, str | int] = {"maxResults": _BOARDS_AT_ONCE, **narrowed}
        page: Json = self.client.get("boards and their sprints", "board", query, base=AGILE)
        return page

    def _sprints_of(self, board: Json) -> Iterator[Json]:
        start = 0
        while True:
            path = f"board/{board['id']}/sprint"
            try:
                page = self.client.get("sprints", path, {"startAt": start}, base=AGILE)
            except RefusedError:
                return  # a board that has none, whatever its type says
            sprints = page.get("values") or []
            yield from sprints
            start += len(sprints)
            if page.get("isLast", True) or not sprints:
                return

    def _members(self, group: str) -> Iterator[Json]:
        start = 0
        while True:
            query: dict[str, str | int] = {
                "groupname": group,
                "includeInactiveUsers": "true",
                "startAt": start,
                "maxResults": _BOARDS_AT_ONCE,
            }
            page = self.client.get(f"group {group}", "group/member", query)
            members = page.get("values") or []
            yield from members
            start += len(members)
            if page.get("isLast", True) or not members:
                return

    def _actors(self, role: str, projects: Sequence[str]) -> Iterator[Json]:
        for key in projects:
            roles = self.client.get(f"roles of {key}", f"project/{key}/role")
            number = str(roles.get(role, "")).rpartition("/")[2]
            if not number:
                continue
            held = self.client.get(f"role {role} in {key}", f"project/{key}/role/{number}")
            for actor in held.get("actors") or ():
                yield from self._people(actor)

    def _people(self, actor: Json) -> Iterator[Json]:
        """An actor of a role is a person, or a group of them."""
        if group := actor.get("actorGroup"):
            yield from self._members(str(group.get("name")))
        elif user := actor.get("actorUser"):
            yield user
        else:  # a Data Center names the person by login
            yield {"name": actor.get("name"), "displayName": actor.get("displayName")}


def _is_of(board: Json, projects: Sequence[str]) -> bool:
    place = board.get("location")
    key = place.get("projectKey") if isinstance(place, dict) else None
    return board.get("type") == "scrum" and (key is None or key in projects)
