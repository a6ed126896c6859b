"""Bytes as a series of decisions: the same bytes always decide the same."""

import random
from collections.abc import Sequence
from typing import Self, TypeVar

Option = TypeVar("Option")


class Choices:
    """Takes its decisions from the bytes one after the other; where they end, the first option."""

    def __init__(self, data: bytes) -> None:
        """Take the bytes."""
        self._data = data
        self._at = 0

    @classmethod
    def drawn(cls, data: bytes, count: int) -> Self:
        """So many decisions out of however few bytes, where no branch tells which were good."""
        return cls(random.Random(data).randbytes(count))  # noqa: S311 - the same every time

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left to decide by."""
        return self._at >= len(self._data)

    def number(self, below: int) -> int:
        """A number from 0 on."""
        taken = self._take(1 if below <= 1 << 8 else 2)
        return int.from_bytes(taken, "little") % below if below > 1 else 0

    def one_of(self, options: Sequence[Option]) -> Option:
        """One of several things."""
        return options[self.number(len(options))]

    def text(self, longest: int = 40) -> str:
        """A text as UTF-8 has it, with what is none of it as stray surrogates have it."""
        return self._take(self.number(longest + 1)).decode("utf-8", "surrogateescape")

    def clean_text(self, longest: int = 40) -> str:
        """The same without surrogates: a text as it reaches the warehouse."""
        return self.text(longest).encode("utf-8", "replace").decode("utf-8")

    def rest(self) -> bytes:
        """All that is left."""
        return self._take(len(self._data))

    def _take(self, count: int) -> bytes:
        taken = self._data[self._at : self._at + count]
        self._at += count
        return taken
