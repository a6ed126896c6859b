"""A DuckDB file on the disk with what lies beside it: its log, what it had no memory for."""

import shutil
from pathlib import Path

from roadworthy.disk import sync_to_disk, take_mode

LANDING_DAMAGED = (
    "put back a copy of it, or move it away and run 'roadworthy nightly', which takes over what "
    "the published file holds of it and fetches the rest"
)
"""What to do about a landing file that cannot be read."""
PUBLISHED_DAMAGED = "run 'roadworthy build', which makes it anew from what was fetched"
"""The same of the published one."""


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
    shutil.rmtree(database.with_name(f"{database.name}.tmp"), ignore_errors=True)


def _log(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")
