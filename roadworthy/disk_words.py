"""DuckDB's errors about a disk or a file, in one sentence for whoever can fix it."""

import re
from pathlib import Path

from roadworthy.disk import FULL
from roadworthy.errors import ConfigError, LockedError, NotOursError, RoadworthyError

OF_ANOTHER_PROGRAM = (
    "is of another program; name another path as 'warehouse', or move it away; it was left as it is"
)
"""What to say of a file that is none of ours."""
_LOCKED = "Could not set lock"
_DAMAGE = re.compile(
    "Corrupt database file|not a valid DuckDB database file|Could not read enough bytes"
)
_NEWER = "we can only read versions"
# The engine knows the files of some other databases, and looks for what would read them.
_FOREIGN = re.compile("Extension .*_scanner")
_FOLDER = "Is a directory"
_TROUBLE = {
    "No space left on device": FULL,
    "Disk quota exceeded": FULL,
    "Read-only file system": "the disk can only be read; see to it and run this again",
    "Permission denied": "this user may not open it; see to its permissions",
    "Input/output error": "the disk fails (input/output error); see to it before anything else",
}


def fault_of_the_disk(
    error: Exception, path: Path, *, damaged: Path, remedy: str
) -> RoadworthyError | None:
    """The fault that an error of the engine stands for; None where it is of another kind.

    Args:
        error: what the engine said.
        path: the file that is open.
        damaged: the file that is at fault where something that was read is damaged.
        remedy: what to do about that.
    """
    said = str(error)
    if _LOCKED in said:
        return LockedError(f"{path}: another process has it open for writing; wait for it to end")
    if _FOREIGN.search(said):
        return NotOursError(f"{path}: {OF_ANOTHER_PROGRAM}")
    if _FOLDER in said:
        return NotOursError(f"{path}: is a folder; name a file as 'warehouse', or move it away")
    if _DAMAGE.search(said):
        return RoadworthyError(f"{damaged}: is damaged; {remedy}")
    if _NEWER in said:
        told = "was written by a newer DuckDB; upgrade Roadworthy, or put back an earlier copy"
        return ConfigError(f"{path}: {told}; it was left as it is")
    told = next((told for words, told in _TROUBLE.items() if words in said), "")
    return RoadworthyError(f"{path}: {told}") if told else None


def is_of_the_disk(error: Exception) -> bool:
    """Whether it is no fault of what was asked for."""
    here = Path()
    return fault_of_the_disk(error, here, damaged=here, remedy="") is not None
