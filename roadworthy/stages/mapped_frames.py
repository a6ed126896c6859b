"""Frames on the disk, read in place: memory holds of them what is looked at.

A mapped frame is one as any other. The system reads of its file what is used, and drops that again
when memory is short.
"""

import weakref
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pyarrow as pa
from pyarrow import ipc

from roadworthy.disk import FULL, is_full
from roadworthy.errors import RoadworthyError

_LYING: dict[int, tuple["weakref.ref[pl.DataFrame]", tuple[Path, ...]]] = {}


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
    return _known(mapped(file), (file,))


def joined(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """One below the other; where all of them lie in files, so does the whole."""
    files = [file for frame in frames for file in files_of(frame)]
    whole = pl.concat(frames)
    return _known(whole, tuple(files)) if all(map(files_of, frames)) else whole


def files_of(frame: pl.DataFrame) -> tuple[Path, ...]:
    """The files in which a frame lies, in order; none where it was made of something else."""
    there, files = _LYING.get(id(frame), (None, ()))
    return files if there is not None and there() is frame else ()


def _known(frame: pl.DataFrame, files: tuple[Path, ...]) -> pl.DataFrame:
    place = id(frame)
    # Another frame may come to lie where one that is gone lay.
    _LYING[place] = weakref.ref(frame, lambda _: _LYING.pop(place, None)), files
    return frame
