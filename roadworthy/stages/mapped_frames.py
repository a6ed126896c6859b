"""Frames on the disk, read in place: memory holds of them what is looked at.

A mapped frame is one as any other. The system reads of its file what is used, and drops that again
when memory is short.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import polars as pl
import pyarrow as pa
from pyarrow import ipc

from roadworthy.disk import FULL, is_full
from roadworthy.errors import RoadworthyError
from roadworthy.stages.known_frames import KnownFrames

_LYING: Final = KnownFrames[tuple[Path, ...]]()


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


def lying(file: Path) -> pl.DataFrame:
    """The frame of a file that stays where it is as long as anybody may ask for the frame."""
    frame = mapped(file)
    _LYING.remember(frame, (file,))
    return frame


def joined(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """One below the other; where all of them lie in files, so does the whole."""
    whole = pl.concat(frames)
    if all(map(files_of, frames)):
        _LYING.remember(whole, tuple(file for frame in frames for file in files_of(frame)))
    return whole


def files_of(frame: pl.DataFrame) -> tuple[Path, ...]:
    """The files in which a frame lies, in order; none where it was made of something else."""
    return _LYING.of(frame) or ()
