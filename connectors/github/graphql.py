"""Repositories read by GraphQL: items with their histories, as many at once as the server bears."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar, Final

from connectors.answers import PassingError
from connectors.github import questions
from connectors.github.judging import Reply
from connectors.github.nested import Histories
from connectors.github.reading import Chunk, Lacking, Numbers, Place, View, go_on
from connectors.github.replies import Connection, at, connection, found, is_broken
from connectors.github.schema import Schema
from connectors.github.side_questions import Sides
from connectors.github.steps import Step, halving
from connectors.github.survey import Survey
from connectors.github.things import refuse_nameless
from connectors.page_size import PageSize
from connectors.protocol import Payload

FIRST_SIZES: Final[Mapping[str, int]] = {"pulls": 40, "issues": 50}
"""Items of a page to begin with; a thousand pull requests whose every page has long histories then
cost some fifty requests."""
MOST_MISSES: Final = 5
"""Attempts in a row that bring nothing, after which it is the server that is ill and no item."""
_SHIFT: Final = 10
_HIDDEN: Final = "parts of items that this account may not see"


@dataclass(frozen=True, slots=True)
class _Came:
    """Items that came together, and the numbers of those that did not come whole."""

    items: tuple[Payload, ...]
    numbers: frozenset[int]
    """Of items that came with a hole in them."""
    nameless: int = 0
    """Items of which not even the number came."""
    after: str | None = None


@dataclass(slots=True)
class GraphqlReader:
    """GitHub by its newer interface."""

    schema: Schema
    survey: Survey
    sides: Sides
    interface: ClassVar[str] = "graphql"
    _sizes: dict[str, PageSize[Step]] = field(init=False)
    _histories: Histories = field(init=False)

    def __post_init__(self) -> None:
        """Begin with large pages."""
        self._sizes = {name: PageSize(halving(items)) for name, items in FIRST_SIZES.items()}
        self._histories = Histories(self.schema)

    @property
    def lacks(self) -> Sequence[str]:
        """What the schema or the token cannot supply."""
        return tuple(self.schema.lacks)

    def views(self) -> tuple[View, ...]:
        """Survey all repositories, twenty at a time."""
        return self.survey.views()

    def chunk(self, place: Place) -> Chunk:
        """The next page of items, and whatever of them had to be asked for once more."""
        came = self._size(place).carry(partial(self._page, place))
        missing = set(came.numbers)
        if came.nameless:
            missing |= self._nameless(place, came)
        if came.after is not None:
            go_on(self._where(place), {*_numbers_of(came.items), *missing}, place.came)
        chunk = self._whole(place, came.items, missing)
        return Chunk(chunk.items, chunk.lacking, came.after)

    def numbered(self, place: Place, numbers: Sequence[int]) -> Iterator[Chunk]:
        """The items with these numbers, in pages of the usual size."""
        for came in self._in_parts(place, numbers):
            yield self._whole(place, came.items, came.numbers)

    def numbers(self, place: Place) -> Numbers:
        """A hundred numbers at a time."""
        page = self._numbers(place, 100)
        updates = tuple((node["number"], node["updated_at"]) for node in page.nodes if node)
        if page.after is not None:
            go_on(self._where(place), updates, place.came)
        return Numbers(updates, page.after)

    def milestones(self, view: View) -> Iterator[tuple[Payload, ...]]:
        """Those of the survey, and the pages behind it."""
        return self.sides.milestones(view)

    def members(self, organisation: str, slug: str) -> tuple[Mapping[str, Any], ...]:
        """All pages of a team's members."""
        return self.sides.members(organisation, slug)

    def dated_items(self, board: str) -> Iterator[tuple[Payload, ...]]:
        """The dated values on a board."""
        return self.sides.dated_items(board)

    def _size(self, place: Place) -> PageSize[Step]:
        return self._sizes[place.resource.name]

    def _page(self, place: Place, step: Step) -> _Came:
        resource = place.resource

        def take(reply: Reply) -> _Came:
            page = self._connection(reply, place)
            nodes: dict[tuple[str | int, ...], Any] = {
                ("repository", "things", "nodes", index): node
                for index, node in enumerate(page.nodes)
            }
            return self._judged(reply, nodes, page.after)

        return self.schema.ask(
            str(place),
            lambda known: questions.page(
                resource, known[resource.name], is_newest_first=place.is_newest_first
            ),
            {**_named(place), "first": step.items, "events": step.events, "after": place.after},
            take,
            can_ask_for_less=not self._size(place).is_least,
        )

    def _by_number(self, place: Place, wanted: Sequence[int], step: Step) -> tuple[int, _Came]:
        asked = wanted[: step.items]

        def take(reply: Reply) -> _Came:
            holder = found(reply, self._where(place), "repository")
            came = self._judged(
                reply, {("repository", name): node for name, node in holder.items() if node}, None
            )
            broken = {one for one in asked if is_broken(reply, "repository", f"i{one}")}
            return _Came(came.items, came.numbers | broken)

        came = self.schema.ask(
            str(place),
            lambda known: questions.numbered(place.resource, known[place.resource.name], asked),
            {**_named(place), "events": step.events},
            take,
            can_ask_for_less=not self._size(place).is_least,
        )
        return len(asked), came

    def _judged(
        self, reply: Reply, nodes: Mapping[tuple[str | int, ...], Any], after: str | None
    ) -> _Came:
        """Tell the whole from the broken; what is only hidden counts as whole."""
        self._note_hidden(reply, nodes)
        whole, broken, nameless = [], set(), 0
        for path, node in nodes.items():
            if not isinstance(number := at(node, "number"), int):
                nameless += 1
            elif is_broken(reply, *path) or not _has_history(node):
                broken.add(number)
            else:
                whole.append(node)
        return _Came(tuple(whole), frozenset(broken), nameless, after)

    def _note_hidden(self, reply: Reply, nodes: Collection[tuple[str | int, ...]]) -> None:
        depth = max((len(path) for path in nodes), default=0)
        is_inside = any(
            fault.is_of_access and len(fault.path) > depth and fault.path[:depth] in nodes
            for fault in reply.faults
        )
        if is_inside and _HIDDEN not in self.schema.lacks:
            self.schema.lacks.append(_HIDDEN)

    def _nameless(self, place: Place, came: _Came) -> frozenset[int]:
        """The numbers of what came without one, by the same page asked for its numbers alone.

        And by a few more, for the page may have shifted in between.
        """
        size = len(came.items) + len(came.numbers) + came.nameless
        page = self._numbers(place, min(size + _SHIFT, 100))
        return _numbers_of(page.nodes) - _numbers_of(came.items)

    def _numbers(self, place: Place, size: int) -> Connection:
        return self.schema.ask(
            f"the numbers of {place}",
            lambda _: questions.numbers(place.resource, is_newest_first=place.is_newest_first),
            {**_named(place), "first": size, "after": place.after},
            lambda reply: self._every_number(reply, place),
        )

    def _every_number(self, reply: Reply, place: Place) -> Connection:
        """The page, if no number is missing from it: one that is would seem to be gone."""
        page = self._connection(reply, place)
        if is_broken(reply, "repository", "things"):
            raise PassingError("GraphQL left the answer incomplete")
        refuse_nameless(node for node in page.nodes if node is not None)
        return page

    def _connection(self, reply: Reply, place: Place) -> Connection:
        things = found(reply, self._where(place), "repository", "things")
        return connection(things, place.passed)

    def _where(self, place: Place) -> str:
        return f"{self.schema.client.source}: {place}"

    def _whole(self, place: Place, items: Sequence[Payload], missing: Collection[int]) -> Chunk:
        """The items with their histories, and the missing ones where they now come whole."""
        whole, rest = self._completed(place, items, missing)
        for one_by_one in (False, True):
            again = tuple(self._in_parts(place, sorted(rest), one_by_one=one_by_one))
            came = tuple(item for part in again for item in part.items)
            holes = (number for part in again for number in part.numbers)
            more, rest = self._completed(place, came, holes)
            whole += more
        reason = "GitHub gave no whole answer for it; the next run asks again"
        return Chunk(tuple(whole), tuple(Lacking(number, reason) for number in sorted(rest)))

    def _completed(
        self, place: Place, items: Sequence[Payload], missing: Iterable[int]
    ) -> tuple[list[Payload], frozenset[int]]:
        done = self._histories.complete(place.resource, items)
        return done.items, frozenset({*missing, *done.broken, *done.changed})

    def _in_parts(
        self, place: Place, numbers: Sequence[int], *, one_by_one: bool = False
    ) -> Iterator[_Came]:
        """Items by number, as many at once as the server bears; or singly, at the last attempt."""
        rest, misses = tuple(numbers), 0
        while rest and misses < MOST_MISSES:
            wanted = rest[:1] if one_by_one else rest
            asked, came = self._size(place).carry(partial(self._by_number, place, wanted))
            rest = rest[asked:]
            misses = 0 if came.items else misses + 1
            yield came
        if rest:
            yield _Came((), frozenset(rest))


def _named(place: Place) -> dict[str, object]:
    owner, _, name = place.repository.partition("/")
    return {"owner": owner, "name": name}


def _numbers_of(nodes: Iterable[Any]) -> frozenset[int]:
    return frozenset(node["number"] for node in nodes if node)


def _has_history(node: object) -> bool:
    """And the name under which the rest of it is asked for."""
    return isinstance(at(node, "timeline", "nodes"), list) and isinstance(at(node, "node_id"), str)
