"""What stands beside the items and has no history anywhere: milestones, teams, dates on boards."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from connectors.answers import RefusedError
from connectors.github import questions
from connectors.github.client import Client
from connectors.github.judging import Reply
from connectors.github.reading import View
from connectors.github.refusals import MissingScopeError
from connectors.github.replies import Connection, at, connection, found, whole
from connectors.protocol import NotVisibleError, Payload

_OF_TEAMS: Final = "a token needs the scope read:org, an App may have to be let read members"
_OF_BOARDS: Final = "a token needs the scope read:project, an App may have to be let read projects"


@dataclass(frozen=True, slots=True)
class Sides:
    """Asks GraphQL for the small things."""

    client: Client

    def milestones(self, view: View) -> Iterator[tuple[Payload, ...]]:
        """Those that the survey brought, and the pages behind it."""
        yield view.milestones
        if view.milestones_after is None:
            return
        owner, _, name = view.name.partition("/")
        asked = _Asked(
            f"milestones of {view.name}",
            questions.MILESTONES,
            {"owner": owner, "name": name},
            ("repository", "milestones"),
        )
        for _, page in self._pages(asked, view.milestones_after):
            yield tuple(node for node in page.nodes if node)

    def members(self, organisation: str, slug: str) -> tuple[Mapping[str, Any], ...]:
        """All members of a team.

        Raises:
            NotVisibleError: this account may not see the team.
        """
        asked = _Asked(
            f"team {organisation}/{slug}",
            questions.TEAM,
            {"owner": organisation, "slug": slug},
            ("owner", "team", "members"),
        )
        pages = self._visible(asked, _OF_TEAMS)
        return tuple(node for _, page in pages for node in page.nodes if node)

    def dated_items(self, board: str) -> Iterator[tuple[Payload, ...]]:
        """Every date and every iteration that an item of a board has.

        Raises:
            NotVisibleError: this account may not see the board.
        """
        owner, _, number = board.partition("/")
        asked = _Asked(
            f"project {board}",
            questions.BOARD,
            {"owner": owner, "number": int(number)},
            ("owner", "board", "items"),
        )
        for reply, page in self._visible(asked, _OF_BOARDS):
            holder = at(reply.data, "owner", "board")
            project = {"id": at(holder, "id"), "title": at(holder, "title")}
            yield tuple(date for item in page.nodes if item for date in _dates(project, item))

    def _visible(self, asked: "_Asked", needed: str) -> Iterator[tuple[Reply, Connection]]:
        try:
            yield from self._pages(asked, None)
        except (RefusedError, MissingScopeError) as error:
            if isinstance(error, RefusedError) and error.status == HTTPStatus.UNAUTHORIZED:
                raise
            source = self.client.source
            raise NotVisibleError(
                f"{source}: {asked.what} is not there, or not visible to this account; {needed}"
            ) from error

    def _pages(self, asked: "_Asked", after: str | None) -> Iterator[tuple[Reply, Connection]]:
        passed = {after} if after else set[str]()
        while True:
            reply, page = self.client.query_for(
                asked.what,
                asked.question,
                {**asked.variables, "after": after},
                asked.taker(self.client.source, frozenset(passed)),
            )
            yield reply, page
            if (after := page.after) is None:
                return
            passed.add(after)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A connection that is asked for page by page."""

    what: str
    question: str
    variables: Mapping[str, object]
    path: tuple[str, ...]

    def taker(
        self, source: str, passed: frozenset[str]
    ) -> Callable[[Reply], tuple[Reply, Connection]]:
        """What makes a page of the reply."""
        where = f"{source}: {self.what}"

        def take(reply: Reply) -> tuple[Reply, Connection]:
            return reply, connection(found(whole(reply), where, *self.path), passed)

        return take


def _dates(project: Mapping[str, Any], item: Mapping[str, Any]) -> Iterator[Payload]:
    for value in at(item, "values", "nodes") or ():
        field_id, name = at(value, "field", "id"), at(value, "field", "name")
        if field_id is None or name is None:
            continue  # a text, a number, an option: no date
        dated = {key: one for key, one in value.items() if key != "field"}
        yield {
            "id": f"{project['id']}:{item['id']}:{field_id}",
            "field": name,
            "project": project,
            "date": dated.get("date"),
            "iteration": None if "date" in dated else dated,
            "content": item.get("content") or None,
        }
