"""What is going to happen: actions in order of time, and the dice that decide between them.

The whole organisation shares one agenda. Every action therefore sees the state that its instant
really had, whoever made it, and ids that are dealt out on the way rise with time as a tracker's do.
"""

import heapq
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias, TypeVar

import numpy as np

Action: TypeAlias = Callable[[datetime], None]
T = TypeVar("T")


class Agenda:
    """Actions to come. Those of one instant happen in the order in which they were planned."""

    def __init__(self) -> None:
        """Nothing is planned yet."""
        self._planned: list[tuple[datetime, int, Action]] = []
        self._count = 0

    def plan(self, at: datetime, act: Action) -> None:
        """Have ``act`` called with ``at`` when that instant comes."""
        heapq.heappush(self._planned, (at, self._count, act))
        self._count += 1

    def run(self, *, until: datetime) -> None:
        """Let everything happen that comes before ``until``; the rest stays undone."""
        while self._planned and self._planned[0][0] < until:
            at, _, act = heapq.heappop(self._planned)
            act(at)


class Dice:
    """Random decisions, from one seeded generator."""

    def __init__(self, *seed: int) -> None:
        """The same seed gives the same decisions in the same order.

        Args:
            seed: the number of the whole; a second number, where there is one, gives decisions of
                their own, which change nothing about the order of the others.
        """
        self._generator = np.random.Generator(np.random.PCG64(seed))

    def happens(self, probability: float) -> bool:
        """True with the probability given."""
        return bool(self._generator.random() < probability)

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, each as likely as the other."""
        return options[int(self._generator.integers(len(options)))]

    def weighted(self, options: Sequence[tuple[T, float]]) -> T:
        """One of the options by its weight; the weights sum to one."""
        mark, total = self._generator.random(), 0.0
        for option, weight in options:
            total += weight
            if mark < total:
                return option
        return options[-1][0]

    def whole(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return int(self._generator.integers(low, high + 1))

    def between(self, low: float, high: float) -> float:
        """A number in the interval, each part as likely as the other."""
        return float(self._generator.uniform(low, high))

    def around(self, median: float, *, spread: float = 0.6) -> float:
        """A duration with that median and the long right tail that durations have."""
        return median * float(np.exp(spread * self._generator.standard_normal()))

    def gap(self, mean: float) -> float:
        """Time to the next arrival of a steady stream."""
        return float(self._generator.exponential(mean))

    def hexadecimal(self, digits: int) -> str:
        """That many random hexadecimal digits, as in the name of a commit."""
        return self._generator.bytes((digits + 1) // 2).hex()[:digits]
