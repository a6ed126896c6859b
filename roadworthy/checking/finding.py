"""One line of a check: how grave, where, what, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from roadworthy.counting import counted
from roadworthy.errors import AuditFailedError, ConfigError, RoadworthyError, SourceError

Level: TypeAlias = Literal["ok", "note", "warning", "error"]
Fault: TypeAlias = Literal["configuration", "tracker", "data"]

_FAULTS: Final[dict[Fault, type[RoadworthyError]]] = {
    "configuration": ConfigError,
    "tracker": SourceError,
    "data": AuditFailedError,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found at one place."""

    level: Level
    where: str
    what: str
    remedy: str = ""
    fault: Fault = "configuration"
    """Whose fault it is where it is an error: it decides the exit code."""


def fault_of(findings: Iterable[Finding]) -> RoadworthyError | None:
    """What a shell must hear: the first kind of error there is, in the order of exit codes."""
    errors = [one for one in findings if one.level == "error"]
    for fault, kind in _FAULTS.items():
        if any(one.fault == fault for one in errors):
            told = counted(len(errors), "error")
            return kind(f"the check found {told}; mend what it says, and check again")
    return None
