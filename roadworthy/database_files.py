"""A DuckDB file on the disk: how it is set and laid out, and what lies beside it."""

import shutil
from pathlib import Path
from typing import TypeAlias

from roadworthy.disk import sync_to_disk, take_mode

LANDING_DAMAGED = (
    "put back a copy of it, or move it away and run 'roadworthy nightly', which takes over what "
    "the published file holds of it and fetches the rest"
)
"""What to do about a landing file that cannot be read."""
Settings: TypeAlias = dict[str, str | bool | int | float | list[str]]
# Never fetch an extension; new files for tools that bring a DuckDB of their own, back to 1.4.
SETTINGS: Settings = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "storage_compatibility_version": "v1.4.0",
}
_HOLDS = "3000MB"
"""What the engine may hold of a build; the rest it keeps on the disk, beside the file."""
HOLDING_LITTLE = "set memory_limit = '500MB'"
"""While the facts of all items are at hand, memory is theirs."""
HOLDING_MORE = "set memory_limit = '2000MB'"
"""While tables are filled and checked: the frames that they are filled with are held as well."""
_ROWS = 30_720
"""Rows of a published file that one core reads at a time: a quarter of what is usual, so that all
cores have some of an organisation with tens of thousands of tickets."""
INSERTED = 20 * _ROWS
"""Rows that are inserted at a time: each is copied on its way."""


def remedy(landing: Path) -> str:
    """What to do about a published file that cannot be read."""
    if landing.exists():
        return "run 'roadworthy build', which makes it anew from what was fetched"
    return (
        f"put back a copy of {landing.name}, from which it is made, or move it away; if it was "
        "never a warehouse, name another path as 'warehouse'"
    )


def settings_of_new(database: Path) -> Settings:
    """The settings of whoever writes a file as a whole."""
    return {**SETTINGS, "memory_limit": _HOLDS, "temp_directory": str(_spilled(database))}


def attaching(database: Path, name: str) -> str:
    """The statement that lets a connection read a file under a name."""
    return f"attach {_quoted(database)} as {name} (read_only)"


def attaching_new(database: Path) -> str:
    """The statements by which a new file is what a connection writes to.

    How a file is laid out can be said where it is attached, and nowhere else. It needs no log to be
    repaired from: one that was not finished is thrown away, and a log waits for the disk with every
    statement.
    """
    laid_out = f"row_group_size {_ROWS}, recovery_mode no_wal_writes"
    return f"attach {_quoted(database)} as roadworthy ({laid_out}); use roadworthy"


def put_in_force(fresh: Path, published: Path) -> None:
    """Put a finished file in place of the published one, durably."""
    take_mode(fresh, published)
    sync_to_disk(fresh)
    # Left by whoever opened the old file for writing and was killed, it would be applied to the
    # new one, of which it is not.
    _log(published).unlink(missing_ok=True)
    fresh.replace(published)
    sync_to_disk(published.parent)


def remove(database: Path) -> None:
    """Clear away what a killed build left; a stray log would be applied to the next file."""
    for leftover in (database, _log(database)):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(_spilled(database), ignore_errors=True)


def _log(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")


def _spilled(database: Path) -> Path:
    return database.with_name(f"{database.name}.tmp")


def _quoted(path: Path) -> str:
    # A quote in a path is the only character that could end the literal.
    literal = str(path).replace("'", "''")
    return f"'{literal}'"
