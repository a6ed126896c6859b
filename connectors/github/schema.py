"""What this server's GraphQL knows, and what of it this account may ask for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias, TypeVar

from connectors.answers import RefusedError
from connectors.github import questions
from connectors.github.client import Client
from connectors.github.judging import Reply
from connectors.github.refusals import MissingScopeError, UnknownMemberError
from connectors.github.replies import at

Value = TypeVar("Value")
Known: TypeAlias = Mapping[str, frozenset[str]]
"""By resource: names of members, of kinds of events, and of members of events."""

_STATUS: Final = "ProjectV2ItemStatusChangedEvent"
_OF_PROJECTS: Final = frozenset({_STATUS, "AddedToProjectV2Event", "RemovedFromProjectV2Event"})
_ESSENTIAL: Final = "timelineItems"
_TEAM: Final = "Team"
_ONCE_GRANTED: Final = "once it has it, 'sync --full' brings those of before"
_MATTERS: Final = {
    "project": (
        _OF_PROJECTS,
        f"moves on project boards: the token lacks the scope read:project; {_ONCE_GRANTED}",
    ),
    "org": (
        frozenset({_TEAM}),
        f"the names of teams asked to review: the token lacks the scope read:org; {_ONCE_GRANTED}",
    ),
}


@dataclass(slots=True)
class Schema:
    """Asks GraphQL within what it knows, and learns what it will not tell."""

    client: Client
    known: Known
    lacks: list[str] = field(default_factory=list)

    def ask(
        self,
        what: str,
        question: Callable[[Known], str],
        variables: Mapping[str, object],
        take: Callable[[Reply], Value],
        *,
        can_ask_for_less: bool = False,
    ) -> Value:
        """Ask a question made of what is known; what needs a scope is done without, and said."""
        while True:
            try:
                return self.client.query_for(
                    what, question(self.known), variables, take, can_ask_for_less=can_ask_for_less
                )
            except MissingScopeError as error:
                self._do_without(error)

    def _do_without(self, error: MissingScopeError) -> None:
        for matter, (names, lack) in _MATTERS.items():
            is_meant = any(matter in scope for scope in error.scopes)
            if is_meant and any(names & known for known in self.known.values()):
                self.known = {resource: known - names for resource, known in self.known.items()}
                self.lacks.append(lack)
                return
        raise error


def schema_of(client: Client) -> Schema | None:
    """The schema of the server; None where it has no GraphQL, or one too old to serve."""
    try:
        known = client.query_for("the schema of GraphQL", questions.SCHEMA, {}, _known)
    except UnknownMemberError:
        return None
    except RefusedError as error:
        if error.status != 404:  # noqa: PLR2004 - HTTP
            raise
        return None
    if any(_ESSENTIAL not in names for names in known.values()):
        return None
    schema = Schema(client, known)
    if not any(_STATUS in names for names in known.values()):
        schema.lacks.append("moves on project boards: the server keeps no events for them")
    return schema


def _known(reply: Reply) -> Known:
    return {resource: frozenset(_names_of(reply, resource)) for resource in questions.KINDS}


def _names_of(reply: Reply, resource: str) -> Iterator[str]:
    """Members of items, kinds of events, and members of events as ``Type.member``."""
    yield _TEAM
    yield from _names(at(reply.data, resource, "fields"))
    events = at(reply.data, f"{resource}_events", "possibleTypes")
    yield from _names(events)
    for event in events or ():
        yield from (f"{at(event, 'name')}.{name}" for name in _names(at(event, "fields")))


def _names(described: object) -> list[str]:
    found = described if isinstance(described, list) else []
    return [name for one in found if isinstance(name := at(one, "name"), str)]
