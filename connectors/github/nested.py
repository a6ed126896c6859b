"""Histories that did not come whole with their items, followed to their ends.

Several items are asked for at once, each from its own place. An item that changed between its own
page and the pages of its history is told, for its members would contradict its events.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Literal

from connectors.github import questions
from connectors.github.judging import Reply
from connectors.github.reading import THINGS
from connectors.github.replies import at, connection, is_broken
from connectors.github.schema import Schema
from connectors.github.steps import LEAST, Step
from connectors.page_size import PageSize
from connectors.protocol import Payload, Resource

_SIZES: Final = (Step(10), Step(5), Step(2), Step(1), LEAST)


@dataclass(slots=True)
class _Open:
    """An item of whose history more may be to come."""

    item: Payload
    events: list[Any]
    after: str
    passed: set[str] = field(default_factory=set)
    fate: Literal["open", "whole", "changed", "broken", "gone"] = "open"

    def take(self, reply: Reply, name: str) -> None:
        """Go on by what came under a name."""
        value = at(reply.data, name)
        if is_broken(reply, name):
            self.fate = "broken"
        elif value is None:
            self.fate = "gone"
        elif at(value, "updated_at") != self.item.get("updated_at"):
            self.fate = "changed"
        else:
            self._append(value)

    def whole(self) -> Payload:
        """The item with all that came of its history."""
        timeline = {
            **self.item["timeline"],
            "nodes": self.events,
            "pageInfo": {"hasNextPage": False, "endCursor": None},
        }
        return {**self.item, "timeline": timeline}

    def _append(self, value: object) -> None:
        page = connection(at(value, "timeline"))
        self.events.extend(page.nodes)
        if page.after is None:
            self.fate = "whole"
        else:
            self.after = page.after
            self.passed.add(page.after)


@dataclass(slots=True)
class Completed:
    """What became of some items; those that are gone are nowhere in it."""

    items: list[Payload] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    """Numbers of those that changed meanwhile."""
    broken: list[int] = field(default_factory=list)
    """Numbers of those whose events did not come."""


@dataclass(slots=True)
class Histories:
    """Completes the histories of items."""

    schema: Schema
    _size: PageSize[Step] = field(default_factory=lambda: PageSize(_SIZES), init=False)

    def complete(self, resource: Resource, items: Sequence[Payload]) -> Completed:
        """Follow every history to its end."""
        unfinished = {item["number"]: one for item in items if (one := _opened(item))}
        while waiting := [one for one in unfinished.values() if one.fate == "open"]:
            asked, reply = self._size.carry(partial(self._ask, resource, waiting))
            for index, one in enumerate(asked):
                one.take(reply, f"i{index}")
        done = Completed()
        for item in items:
            _settle(done, item, unfinished.get(item["number"]))
        return done

    def _ask(
        self, resource: Resource, waiting: Sequence[_Open], step: Step
    ) -> tuple[Sequence[_Open], Reply]:
        asked = waiting[: step.items]
        variables: dict[str, object] = {"events": step.events}
        for index, one in enumerate(asked):
            variables |= {f"i{index}": one.item["node_id"], f"c{index}": one.after}
        reply = self.schema.ask(
            f"histories of {THINGS[resource.name]}",
            lambda known: questions.more_events(resource, known[resource.name], len(asked)),
            variables,
            lambda reply: _moving(reply, asked),
            can_ask_for_less=not self._size.is_least,
        )
        return asked, reply


def _opened(item: Payload) -> _Open | None:
    timeline = item["timeline"]
    after = connection(timeline).after
    if after is None:
        return None
    return _Open(item, list(timeline["nodes"]), after, {after})


def _moving(reply: Reply, asked: Sequence[_Open]) -> Reply:
    """The reply, once no history in it stands still."""
    for index, one in enumerate(asked):
        timeline = at(reply.data, f"i{index}", "timeline")
        if timeline is not None:
            connection(timeline, one.passed)
    return reply


def _settle(done: Completed, item: Payload, unfinished: _Open | None) -> None:
    if unfinished is None:
        done.items.append(item)
        return
    match unfinished.fate:
        case "whole":
            done.items.append(unfinished.whole())
        case "changed":
            done.changed.append(item["number"])
        case "broken":
            done.broken.append(item["number"])
        case _:
            pass  # gone: deleted between its own page and this one
