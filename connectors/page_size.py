"""How much is asked for at once: less after an overload, and slowly more again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from connectors.trouble import TooHeavyError

Size = TypeVar("Size")
Value = TypeVar("Value")

GOOD_ANSWERS: Final = 8
"""Answers in a row after which the next larger size is tried again."""


@dataclass(slots=True)
class PageSize(Generic[Size]):
    """The size of one kind of question, as the server bears it today."""

    sizes: Sequence[Size]
    """From the largest, with which it begins, to the smallest."""
    _at: int = field(default=0, init=False)
    _good: int = field(default=0, init=False)

    @property
    def size(self) -> Size:
        """The present size."""
        return self.sizes[self._at]

    @property
    def is_least(self) -> bool:
        """Whether no less can be asked for, so that an overload is waited out."""
        return self._at == len(self.sizes) - 1

    def carry(self, ask: Callable[[Size], Value]) -> Value:
        """Ask with the present size, and with a smaller one as long as that is too heavy.

        Args:
            ask: asks for so much; raises TooHeavyError on an overload, unless ``is_least``.
        """
        while True:
            try:
                answer = ask(self.size)
            except TooHeavyError:
                if self.is_least:
                    raise
                self.shrink()
            else:
                self.grow()
                return answer

    def shrink(self) -> None:
        """Ask for less from now on, if there is less."""
        self._at, self._good = min(self._at + 1, len(self.sizes) - 1), 0

    def grow(self) -> None:
        """Count a good answer; after enough of them ask for more."""
        self._good += 1
        if self._at and self._good >= GOOD_ANSWERS:
            self._at, self._good = self._at - 1, 0


def halves(largest: int, least: int = 1) -> tuple[int, ...]:
    """Sizes from the largest to the least, each half of the one before."""
    if largest <= least:
        return (least,)
    return (largest, *halves(largest // 2, least))
