"""Folders that can be written to, files that are whole or not there, and what is on the disk."""

import errno
import os
from pathlib import Path

from roadworthy.errors import ConfigError

FULL = "the disk is full; make room and run this again"
"""What to say of a disk, or of somebody's part of it, that is full."""


def is_full(error: OSError) -> bool:
    """Whether something could not be written for want of room."""
    return error.errno in {errno.ENOSPC, errno.EDQUOT}


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
    try:
        fresh.write_bytes(content)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
