"""Folders that can be written to, files that are whole or not there, and what is on the disk."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from roadworthy.errors import ConfigError

_FULL = (errno.ENOSPC, errno.EDQUOT)
FULL = "the disk is full; make room and run this again"
"""What to say of a disk, or of somebody's part of it, that is full."""


def is_full(error: OSError) -> bool:
    """Whether something could not be written for want of room."""
    # Polars says in words alone what the system told it.
    said = (os.strerror(number) for number in _FULL)
    return error.errno in _FULL or any(one in str(error) for one in said)


def sync_to_disk(path: Path) -> None:
    """Wait until a file, or the list of names of a folder, would survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def claim(folder: Path) -> None:
    """Make a folder that files will be written to.

    Raises:
        ConfigError: it cannot be made, or nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be made: {error.strerror or error}") from error
    if not os.access(folder, os.W_OK):
        raise ConfigError(f"{folder}: cannot be written to; see to its permissions")


def put_in_place(target: Path, content: bytes) -> None:
    """Write a file in one step: whoever opens it sees the old one or the new one; OSError else."""
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    try:
        # Never through a link that somebody laid there: the name can be guessed.
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # or a loss of power may leave the name with nothing in it
        take_mode(fresh, target)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def take_mode(fresh: Path, target: Path) -> None:
    """Let those read a finished file who may read the one it replaces, and nobody else.

    Where there is none yet, those who may read any file that this user makes.
    """
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        mode = 0o666 & ~_umask()
    fresh.chmod(mode)


@contextmanager
def private() -> Iterator[None]:
    """What is made inside can be read by its owner alone; what is there already stays as it is."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _umask() -> int:
    """What this user keeps from others; the system tells it only to whoever sets another."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
