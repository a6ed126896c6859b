"""What is read of GitHub, whichever of its two interfaces answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol

from connectors.protocol import ConnectorError, Payload, Resource

THINGS: Final = {"pulls": "pull requests", "issues": "issues"}
"""How a sentence calls what stands in a resource."""


@dataclass(frozen=True, slots=True)
class View:
    """One repository as the survey at the beginning of a run found it."""

    name: str
    """``<owner>/<repository>``, as GitHub writes it today."""
    at: datetime
    """What time it was for the server."""
    newest: Mapping[str, datetime | None]
    """The last update of each resource; None where it is empty."""
    totals: Mapping[str, int]
    milestones: tuple[Payload, ...] = ()
    milestones_after: str | None = None
    """Token of the page of milestones that the survey read last; None where it read them all."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A thing that is there and did not come whole."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Things that came together, histories complete."""

    items: tuple[Payload, ...]
    lacking: tuple[Lacking, ...] = ()
    after: str | None = None
    """Token behind which the next chunk begins; None: this was the last."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A page of an enumeration: each thing's number, and when it was updated."""

    updates: tuple[tuple[int, str], ...]
    after: str | None = None


@dataclass(slots=True)
class Place:
    """Where a read of one resource of one repository stands.

    The tokens it passed tell a page that comes again, which otherwise would come for ever.
    """

    resource: Resource
    repository: str
    is_newest_first: bool
    after: str | None = None
    passed: set[str] = field(default_factory=set)
    came: set[int] = field(default_factory=set)
    """Marks of what came from here."""

    def moved(self, after: str) -> None:
        """Stand behind the page that this token closes."""
        self.after = after
        self.passed.add(after)

    def __str__(self) -> str:
        """Name it in a sentence."""
        return f"{THINGS[self.resource.name]} of {self.repository}"


def go_on(where: str, things: Iterable[object], came: set[int]) -> None:
    """Go on behind a page, if anything on it had not come before; an empty page comes once.

    Raises:
        ConnectorError: nothing is new on it, and so nothing would be for ever.
    """
    marks = {hash(repr(one)) for one in things} or {0}
    if marks <= came:
        raise ConnectorError(
            f"{where}: the same page comes again and again; what was fetched is kept, run again "
            "later"
        )
    came |= marks


class Reader(Protocol):
    """One of GitHub's two interfaces."""

    @property
    def interface(self) -> str:
        """Which of the two: whose tokens it understands."""

    @property
    def lacks(self) -> Sequence[str]:
        """What it cannot supply, as far as that has shown, in whole sentences."""

    def views(self) -> tuple[View, ...]:
        """Survey all repositories."""

    def chunk(self, place: Place) -> Chunk:
        """The things behind a place."""

    def numbered(self, place: Place, numbers: Sequence[int]) -> Iterator[Chunk]:
        """The things with these numbers, less those that are not there."""

    def numbers(self, place: Place) -> Numbers:
        """The next page of an enumeration."""

    def milestones(self, view: View) -> Iterator[tuple[Payload, ...]]:
        """The milestones of a repository, page by page."""

    def members(self, organisation: str, slug: str) -> tuple[Mapping[str, Any], ...]:
        """The accounts in a team.

        Raises:
            NotVisibleError: this account may not see the team.
        """

    def dated_items(self, board: str) -> Iterator[tuple[Payload, ...]]:
        """The dates and iterations on a board, page by page.

        Raises:
            NotVisibleError: this account may not see the board, or there are none here.
        """


def each_named(wanted: Sequence[str], of_owner: Callable[[str], Iterator[str]]) -> Iterator[str]:
    """The repositories wanted: those named, and all of an owner's for ``owner/*``."""
    for entry in wanted:
        owner, _, name = entry.partition("/")
        if name == "*":
            yield from of_owner(owner)
        else:
            yield entry
