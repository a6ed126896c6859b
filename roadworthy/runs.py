"""The identity of a run, and what it has to say of itself afterwards."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command; the clock is handed in, so that nothing below reads one."""

    run_id: str
    command: str
    started_at: datetime
    clock: Clock

    @classmethod
    def begin(cls, command: str, clock: Clock) -> "Run":
        """Start a run now."""
        now = clock()
        return cls(f"{now:%Y%m%dT%H%M%SZ}-{os.urandom(3).hex()}", command, now, clock)
