"""The cells of the benchmark of locations: one planted cause, how large, where, how well logged."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal, TypeAlias, get_args

Cause: TypeAlias = Literal["decision", "approvals", "readiness", "scope", "capacity", "intake"]
Reach: TypeAlias = Literal["all", "half"]

CAUSES: tuple[Cause, ...] = get_args(Cause)
"""Waiting for a decision, approvals in series, work that is not ready, scope that changes while it
is built, too few engineers, and intake at long intervals."""
SIZES = {"full": 6.0, "half": 3.0}
"""Calendar days that an item of the teams concerned takes longer, on average."""
NOTHING = "nothing"
"""The size, and the cause, of what is not there."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of organisation."""

    cause: Cause
    size: str
    reach: Reach = "all"
    """Whom the cause slows: every team, or half of them."""
    is_noisy: bool = False
    """Whether the log has the faults that logs have."""
    asked_again: float = 1.0
    """Share of returned items that pass the decision again; the others go straight back."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""
        if self.size == NOTHING:
            return f"{NOTHING} {self.log}"
        straight = "" if self.asked_again == 1 else " straight"
        return f"{self.cause} {self.size} {self.reach}{straight} {self.log}"

    @property
    def planted(self) -> str:
        """What makes it slow, in a word."""
        return NOTHING if self.size == NOTHING else self.cause

    @property
    def days(self) -> float:
        """How much longer an item of the teams concerned takes."""
        return SIZES.get(self.size, 0.0)

    @property
    def log(self) -> str:
        """How well it is logged."""
        return "noisy" if self.is_noisy else "clean"


def cells() -> Iterator[Cell]:
    """All of them."""
    for is_noisy, size, cause, reach in product((False, True), SIZES, CAUSES, get_args(Reach)):
        yield Cell(cause, size, reach, is_noisy)


def side_cells() -> Iterator[Cell]:
    """Organisations that are asked for by name.

    Those in which nothing is planted, so that there is little to name; and those in which most
    returned items are not decided again but go straight back to whoever returned them.
    """
    for is_noisy in (False, True):
        yield Cell("decision", NOTHING, is_noisy=is_noisy)
    for size, cause in product(SIZES, CAUSES):
        yield Cell(cause, size, asked_again=0.2)
