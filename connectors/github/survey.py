"""What there is in all repositories, asked before anything is read; often nothing more is asked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

from connectors.answers import PassingError
from connectors.github import questions
from connectors.github.judging import OTHER_SHAPE, Reply
from connectors.github.reading import THINGS, View, each_named
from connectors.github.replies import (
    Connection,
    at,
    connected,
    connection,
    found,
    text,
    whole,
)
from connectors.github.schema import Schema
from connectors.github.steps import Step, halving
from connectors.instants import instant
from connectors.page_size import PageSize

_AT_ONCE: Final = 20
_NOTHING: Final = {"nodes": [], "pageInfo": {"hasNextPage": False}}


@dataclass(slots=True)
class Survey:
    """Asks for all repositories that a source names."""

    schema: Schema
    wanted: Sequence[str]
    """``owner/name``, or ``owner/*`` for all of the owner's that are no forks."""
    _size: PageSize[Step] = field(default_factory=lambda: PageSize(halving(_AT_ONCE)), init=False)

    def views(self) -> tuple[View, ...]:
        """Each repository once, in the order named.

        Raises:
            RefusedError: one of them is not there, or not visible.
        """
        rest = distinct(each_named(self.wanted, self._names_of))
        views: list[View] = []
        while rest:
            asked = self._size.carry(partial(self._ask, rest))
            views += asked
            rest = rest[len(asked) :]
        return tuple({view.name: view for view in views}.values())

    def _names_of(self, owner: str) -> Iterator[str]:
        what = f"the repositories of {owner}"
        after, passed = None, set[str]()
        while True:
            page = self.schema.ask(
                what,
                lambda _: questions.REPOSITORIES_OF_OWNER,
                {"owner": owner, "after": after},
                partial(self._names, what, passed),
            )
            if None in page.nodes:
                self._note_hidden(owner)
            yield from (name for name in page.nodes if name is not None)
            if (after := page.after) is None:
                return
            passed.add(after)

    def _names(self, what: str, passed: Collection[str], reply: Reply) -> Connection:
        """A page of the names of repositories, None for one that is hidden."""
        where = f"{self.schema.client.source}: {what}"
        page = connected(where, "owner", "repositories", passed=passed)(reply)
        names = (None if one is None else text(one, "full_name") for one in page.nodes)
        return Connection(tuple(names), page.after)

    def _note_hidden(self, owner: str) -> None:
        lack = f"repositories of {owner} that this account may not see"
        if lack not in self.schema.lacks:
            self.schema.lacks.append(lack)

    def _ask(self, names: Sequence[str], step: Step) -> list[View]:
        asked = names[: step.items]
        variables: dict[str, object] = {"after": None, "never": False, "events": 1}
        for index, one in enumerate(asked):
            variables[f"o{index}"], _, variables[f"n{index}"] = one.partition("/")
        return self.schema.ask(
            "the survey of its repositories",
            lambda known: questions.survey(len(asked), known),
            variables,
            lambda reply: self._views(whole(reply), asked),
            can_ask_for_less=not self._size.is_least,
        )

    def _views(self, reply: Reply, names: Sequence[str]) -> list[View]:
        source = self.schema.client.source
        return [
            _view(found(reply, f"{source}: repository {name}", f"r{index}"), reply.at)
            for index, name in enumerate(names)
        ]


def distinct(names: Iterator[str]) -> list[str]:
    """Each repository once, however it is written."""
    return list({name.casefold(): name for name in names}.values())


def _view(value: Mapping[str, Any], asked_at: datetime) -> View:
    milestones = connection(value.get("milestones") or _NOTHING)
    counts = {name: _count(value, name) for name in THINGS}
    return View(
        name=text(value, "full_name"),
        at=asked_at,
        newest={name: newest for name, (_, newest) in counts.items()},
        totals={name: total for name, (total, _) in counts.items()},
        milestones=tuple(one for one in milestones.nodes if one),
        milestones_after=milestones.after,
    )


def _count(value: Mapping[str, Any], name: str) -> tuple[int, datetime | None]:
    total, nodes = at(value, name, "total"), at(value, name, "nodes")
    if not isinstance(total, int) or not isinstance(nodes, list):
        raise PassingError(OTHER_SHAPE)
    return total, instant(at(nodes[0], "updated_at")) if nodes else None
