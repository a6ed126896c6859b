"""One run at a time: a lock of the operating system beside the warehouse.

The system drops it with the process, however that ends, so that a killed run never has to be
cleaned up after. What stands in the file is only there to be read by whoever finds it locked.
"""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from roadworthy.disk import claim
from roadworthy.errors import LockedError, RoadworthyError
from roadworthy.runs import Run

#: Seconds: longer than a look at the journal takes, and still at once for a scheduler.
_PATIENCE = 0.5


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
    except Timeout as error:
        raise LockedError(
            f"{path}: {at_work(warehouse)}; wait until it has ended and run this again"
        ) from error
    except OSError as error:
        raise RoadworthyError(
            f"{path}: cannot be locked: {error.strerror}; give this user write access to the folder"
        ) from error
    try:
        _sign(path, run)
        yield
    finally:
        lock.release()


@contextmanager
def between_runs(warehouse: Path) -> Iterator[bool]:
    """Say whether no run is at work; where none is, none begins inside the block."""
    lock = FileLock(lock_path(warehouse))
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):  # held, or not ours to lock: in both cases leave landing alone
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def at_work(warehouse: Path) -> str:
    """Who holds the lock, as far as it signed."""
    try:
        signed = json.loads(lock_path(warehouse).read_text(encoding="utf-8"))
        return (
            f"'{signed['command']}' has been at work on this warehouse since {signed['since']} "
            f"(process {signed['process']} on {signed['host']})"
        )
    except (OSError, ValueError, KeyError, TypeError):
        return "another run is at work on this warehouse"


def _sign(path: Path, run: Run) -> None:
    since = f"{run.started_at:%Y-%m-%d %H:%M:%S} UTC"
    signed = {"command": run.command, "since": since, "host": socket.gethostname()}
    path.write_text(json.dumps({**signed, "process": os.getpid()}), encoding="utf-8")
