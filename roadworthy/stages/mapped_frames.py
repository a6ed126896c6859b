"""Frames on the disk, read in place: memory holds of them what is looked at.

A mapped frame is one as any other. The system reads of its file what is used, and drops that again
when memory is short.
"""

from pathlib import Path

import polars as pl
import pyarrow as pa
from pyarrow import ipc

from roadworthy.disk import FULL, is_full
from roadworthy.errors import RoadworthyError


def written(frame: pl.DataFrame, file: Path) -> None:
    """Write a frame down as an Arrow file, in a folder that is made if need be.

    Raises:
        RoadworthyError: the disk is full.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        frame.write_ipc(file)
    except OSError as error:
        if is_full(error):
            raise RoadworthyError(f"{file.parent}: {FULL}") from error
        raise


def mapped(file: Path) -> pl.DataFrame:
    """The frame of such a file, as it lies there; it can be read when the file is gone."""
    table = ipc.open_file(pa.memory_map(str(file))).read_all()
    frame = pl.from_arrow(table, rechunk=False)
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - of a table, never of a column
    return frame
