"""Folders that can be written to, and what has been written is on the disk and not on its way."""

import os
from pathlib import Path

from roadworthy.errors import ConfigError


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
