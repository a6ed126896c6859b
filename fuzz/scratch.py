"""A folder for what a harness writes, gone when its process ends."""

import atexit
import shutil
import tempfile
from pathlib import Path


def scratch_folder() -> Path:
    """Make one; it serves all inputs of a harness, for there are many thousands."""
    folder = Path(tempfile.mkdtemp(prefix="roadworthy-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
