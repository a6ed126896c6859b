"""What speaks for and against an effect: each diagnostic a figure, what was expected, an outcome.

None of them gates silently: all are rows, and those that speak against it are caveats of the effect
as well. What is asked and why is told by the functions that ask it, in the modules beside.
"""

from dataclasses import dataclass
from typing import Literal

from pipelines.statistics.normal_mixture import NormalMixture

Outcome = Literal["clear", "caveat", "not_evaluable"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One figure."""

    name: str
    outcome: Outcome
    value: float | None = None
    low: float | None = None
    high: float | None = None
    expected: float | None = None
    """With what the value is compared."""
    caveat: str | None = None
    """What it adds to the caveats of the effect, where it speaks against it."""


def not_evaluable(name: str) -> Diagnostic:
    """A question that these data cannot answer."""
    return Diagnostic(name, "not_evaluable")


def of_belief(
    name: str, belief: NormalMixture, *, caveat: str, expected: float = 0.0
) -> Diagnostic:
    """Something that should not be there: a caveat where its interval excludes what is expected."""
    low, high = belief.interval()
    against = not low <= expected <= high
    return Diagnostic(
        name,
        "caveat" if against else "clear",
        belief.mean(),
        low,
        high,
        expected,
        caveat if against else None,
    )
