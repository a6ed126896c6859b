"""A text of ``roadworthy.toml`` read back before it is written: what we propose must be valid."""

import tempfile
from pathlib import Path

from roadworthy.config.load import Loaded, load
from roadworthy.errors import ConfigError, RoadworthyError


def validated(text: str) -> Loaded:
    """The configuration that a text is.

    Raises:
        RoadworthyError: it is none, which is a fault of whoever wrote it: us.
    """
    with tempfile.TemporaryDirectory(prefix="roadworthy-init-") as folder:
        path = Path(folder) / "roadworthy.toml"
        path.write_text(text, encoding="utf-8")
        try:
            return load(path)
        except ConfigError as error:
            told = str(error).replace(f"{path}: ", "")
            raise RoadworthyError(f"the proposal is no valid configuration: {told}") from error
