"""The sizes of a question to GraphQL, one to be tried after the other."""

from dataclasses import dataclass

from connectors.page_size import halves


@dataclass(frozen=True, slots=True)
class Step:
    """One size of a question."""

    items: int
    events: int = 100
    """Events that come with each item."""


LEAST = Step(1, events=20)
"""One item with few of its events."""


def halving(items: int) -> tuple[Step, ...]:
    """Half as many items each time, down to the least."""
    return (*map(Step, halves(items)), LEAST)
