"""What issues refer to: fields, statuses, versions, sprints, and who is in a group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from connectors.answers import RefusedError
from connectors.jira.client import AGILE, JiraClient, Json
from connectors.jira.deployment import Deployment
from connectors.jira.shapes import listed, member, objects, segment
from connectors.protocol import NotVisibleError

_BOARDS_AT_ONCE: Final = 50
_BAD_REQUEST: Final = 400


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The side resources of one Jira, each read whole at every sync."""

    client: JiraClient
    deployment: Deployment

    def fields(self) -> list[Any]:
        """Every field, with its name and type."""
        return self.client.all("fields", "field")

    def statuses(self) -> list[Any]:
        """Every status, with the key of its category."""
        return self.client.all("statuses", "status")

    def versions(self, projects: Sequence[str]) -> Iterator[Any]:
        """The versions of each project, released and archived ones too.

        Raises:
            NotVisibleError: not all projects could be seen, so that this is not all there is.
        """
        unseen: list[str] = []
        for key in projects:
            try:
                project = self.client.get(f"versions of {key}", f"project/{segment(key)}")
            except NotVisibleError as error:
                unseen.append(str(error))
                continue
            for version in listed(project.get("versions")):
                is_one = isinstance(version, dict)
                yield {"projectId": project.get("id"), **version} if is_one else version
        _own_up(unseen)

    def sprints(self, projects: Sequence[str]) -> Iterator[Any]:
        """The sprints of the boards of the projects, each once, closed ones too.

        Raises:
            NotVisibleError: this Jira has no boards, or some that this account may not see.
        """
        seen: set[str] = set()
        unseen: list[str] = []
        for board in self._boards(projects):
            try:
                for sprint in self._sprints_of(board):
                    identity = str(member(sprint, "id"))
                    if identity not in seen:
                        seen.add(identity)
                        yield sprint
            except NotVisibleError as error:
                unseen.append(str(error))
        _own_up(unseen)

    def groups(self, names: Sequence[str], projects: Sequence[str]) -> Iterator[Json]:
        """Who is in each group (``group:NAME``) or project role (``role:NAME``) now.

        Raises:
            NotVisibleError: not all of them could be seen.
        """
        unseen: list[str] = []
        for entry in names:
            try:
                yield {
                    "id": entry,
                    "name": entry.partition(":")[2],
                    "members": self.members(entry, projects),
                }
            except NotVisibleError as error:
                unseen.append(f"members of {entry} are unknown: {error}")
        _own_up(unseen)

    def members(self, entry: str, projects: Sequence[str]) -> list[Json]:
        """Everybody in a group or project role, as the server describes them.

        Raises:
            NotVisibleError: it is not there, or not for this account to see.
        """
        kind, _, name = entry.partition(":")
        if kind == "group":
            return list(self._members(name))
        return [person for key in projects for person in self._actors(name, key)]

    def _boards(self, projects: Sequence[str]) -> Iterator[Json]:
        """Boards with sprints: all at once where they are few and say whose they are."""
        what = "boards and their sprints"
        if self.deployment == "Cloud":
            page = self.client.get(what, "board", {"maxResults": _BOARDS_AT_ONCE}, base=AGILE)
            if page.get("isLast"):
                boards = objects(page.get("values"))
                yield from (board for board in boards if _is_of(board, projects))
                return
        for key in projects:
            of_project = self.client.values(what, "board", {"projectKeyOrId": key}, base=AGILE)
            yield from (board for board in objects(list(of_project)) if _may_have_sprints(board))

    def _sprints_of(self, board: Json) -> Iterator[Any]:
        try:
            yield from self.client.values(
                "sprints", f"board/{segment(board.get('id'))}/sprint", base=AGILE
            )
        except RefusedError as error:
            # A board that has no sprints, whatever its type says.
            if error.status != _BAD_REQUEST:
                raise

    def _members(self, group: str) -> Iterator[Json]:
        query = {"groupname": group, "includeInactiveUsers": "true"}
        return self.client.values(f"group {group}", "group/member", query)

    def _actors(self, role: str, project: str) -> Iterator[Json]:
        roles = self.client.get(f"roles of {project}", f"project/{segment(project)}/role")
        number = str(roles.get(role, "")).rpartition("/")[2]
        if not number:
            return
        held = self.client.get(
            f"role {role} in {project}", f"project/{segment(project)}/role/{segment(number)}"
        )
        for actor in objects(held.get("actors")):
            yield from self._people(actor)

    def _people(self, actor: Json) -> Iterator[Json]:
        """An actor of a role is a person, or a group of them."""
        if "group" in str(actor.get("type")):
            (group,) = objects([actor.get("actorGroup")]) or (actor,)
            yield from self._members(str(group.get("name")))
        elif user := objects([actor.get("actorUser")]):
            yield from user
        else:  # a Data Center names the person by login alone
            yield {"name": actor.get("name"), "displayName": actor.get("displayName")}


def _own_up(unseen: Sequence[str]) -> None:
    """Say that what came is not all there is: nothing must count as missing for it."""
    if unseen:
        raise NotVisibleError("; ".join(unseen))


def _is_of(board: Json, projects: Sequence[str]) -> bool:
    place = board.get("location")
    key = place.get("projectKey") if isinstance(place, dict) else None
    return _may_have_sprints(board) and (key is None or key in projects)


def _may_have_sprints(board: Json) -> bool:
    """All but those of a mere flow: the boards of team-managed projects call themselves simple."""
    return board.get("type") != "kanban"
