"""What can be raised on an issue to say that it waits: a field, and two labels."""

from dataclasses import dataclass, replace
from typing import Literal

from roadworthy.simulator.issue import State


@dataclass(frozen=True)
class Flag:
    """Something that is up or not, and for whom an issue waits while it is up."""

    name: str
    waits_for: Literal["decision", "external"]
    is_label: bool = True

    def is_up(self, state: State) -> bool:
        """Whether it is raised."""
        return self.name in state.labels if self.is_label else state.is_flagged

    def turned(self, state: State) -> State:
        """The state with the flag raised where it was not, and lifted where it was."""
        if not self.is_label:
            return replace(state, is_flagged=not state.is_flagged)
        return replace(state, labels=tuple(sorted({*state.labels} ^ {self.name})))


IMPEDIMENT = Flag("Flagged", "decision", is_label=False)
UNDECIDED = Flag("blocked:decision", "decision")
OUTSIDE = Flag("blocked:external", "external")
FLAGGING = frozenset({"labels", "is_flagged"})
"""The members of a state that flags are read from."""
FLAGS = (IMPEDIMENT, UNDECIDED, OUTSIDE)
