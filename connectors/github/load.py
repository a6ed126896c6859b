"""How much is asked for at once: less after an overload, and slowly more again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from connectors.trouble import TooHeavyError

Value = TypeVar("Value")

GOOD_ANSWERS: Final = 8
"""Answers in a row after which the next larger load is tried again."""


@dataclass(frozen=True, slots=True)
class Step:
    """One size of a question."""

    items: int
    events: int = 100
    """Events that come with each item."""
    is_least: bool = False


@dataclass(slots=True)
class Load:
    """The size of one kind of question, as the server bears it today."""

    steps: Sequence[Step]
    """From the largest to the smallest."""
    _at: int = field(default=0, init=False)
    _good: int = field(default=0, init=False)

    @classmethod
    def halving(cls, items: int) -> "Load":
        """Beginning with so many items; a last step asks for one with few of its events."""
        return cls((*(Step(one) for one in _halves(items)), Step(1, events=20, is_least=True)))

    def carry(self, ask: Callable[[Step], Value]) -> Value:
        """Ask with the present size, and with a smaller one as long as that is too heavy.

        Whoever asks for the least waits out an overload like any other trouble.
        """
        while True:
            try:
                answer = ask(self.steps[self._at])
            except TooHeavyError:
                self._at, self._good = self._at + 1, 0
            else:
                self._recover()
                return answer

    def _recover(self) -> None:
        self._good += 1
        if self._at and self._good >= GOOD_ANSWERS:
            self._at, self._good = self._at - 1, 0


def _halves(items: int) -> Iterator[int]:
    while items > 1:
        yield items
        items //= 2
    yield 1
