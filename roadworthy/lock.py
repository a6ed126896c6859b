"""One run at a time: a lock of the operating system beside the warehouse.

The system drops it with the process, however that ends, so that a killed run never has to be
cleaned up after. What stands in the file is only there to be read by whoever finds it locked.
"""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from roadworthy.disk import claim
from roadworthy.errors import LockedError, RoadworthyError
from roadworthy.runs import Run

#: Seconds: longer than a look at the journal takes, and still at once for a scheduler.
_PATIENCE = 0.5


@dataclass(frozen=True, slots=True)
class AtWork:
    """Who holds the lock, as far as it signed."""

    run_id: str | None = None
    command: str | None = None
    since: str | None = None
    process: int | None = None
    host: str | None = None

    def __str__(self) -> str:
        """In words."""
        if self.command is None:
            return "another run is at work on this warehouse"
        return (
            f"'{self.command}' has been at work on this warehouse since {self.since} "
            f"(process {self.process} on {self.host})"
        )


def lock_path(warehouse: Path) -> Path:
    """The file that is locked while a run is at work on a warehouse."""
    return warehouse.with_suffix(".lock")


@contextmanager
def alone(warehouse: Path, run: Run) -> Iterator[None]:
    """Be the only run at work on a warehouse.

    Raises:
        LockedError: another run is; who and since when, where that is known.
    """
    path = lock_path(warehouse)
    lock = FileLock(path, poll_interval=0.05)
    try:
        claim(path.parent)
        lock.acquire(timeout=_PATIENCE)
        _sign(path, run)
    except Timeout as error:
        raise LockedError(
            f"{path}: {at_work(warehouse)}; wait until it has ended and run this again"
        ) from error
    except OSError as error:
        lock.release()
        raise RoadworthyError(
            f"{path}: cannot be locked: {error.strerror}; see to the room and the permissions there"
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def between_runs(warehouse: Path) -> Iterator[bool | None]:
    """Say whether no run is at work; where none is, none begins inside the block.

    None where that cannot be told: the lock is not ours to try, as for a monitor with few rights.
    """
    lock = FileLock(lock_path(warehouse))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    except OSError:
        yield None
        return
    try:
        yield True
    finally:
        lock.release()


def at_work(warehouse: Path) -> AtWork:
    """Who holds the lock."""
    try:
        return AtWork(**json.loads(lock_path(warehouse).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return AtWork()


def _sign(path: Path, run: Run) -> None:
    since = f"{run.started_at:%Y-%m-%d %H:%M:%S} UTC"
    signed = AtWork(run.run_id, run.command, since, os.getpid(), socket.gethostname())
    path.write_text(json.dumps(asdict(signed)), encoding="utf-8")
