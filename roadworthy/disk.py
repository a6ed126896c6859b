"""What has been written is on the disk and not only on its way there."""

import os
from pathlib import Path


def sync_to_disk(path: Path) -> None:
    """Wait until a file, or the list of names of a folder, would survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
