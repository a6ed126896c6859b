"""Facts of a bucket on the disk, and read in place: memory holds of them what is looked at.

The facts of a million tickets are more than a machine may have memory for, and no estimate looks at
all of their columns. A process that understood a bucket writes its frames as Arrow files; who asks
for them maps these into memory, so that the system reads what is used and drops it when it must.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import polars as pl
import pyarrow as pa
from pyarrow import ipc

from pipelines.policy import Policy
from roadworthy.disk import FULL, is_full
from roadworthy.errors import RoadworthyError
from roadworthy.stages.own_facts import FRAMES, OwnFacts
from roadworthy.stages.sightings import Sightings


@contextmanager
def room_for_facts(warehouse: Path) -> Iterator[Path]:
    """A folder beside a warehouse, gone afterwards; a killed build may have left one."""
    folder = warehouse.with_name(f".{warehouse.name}.facts")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class KeptFacts:
    """Where the frames of a bucket lie, and the little that does not lie there."""

    folder: Path
    policy: Policy
    sightings: Sightings

    @classmethod
    def of(cls, own: OwnFacts, folder: Path) -> Self:
        """Write the frames down, a file each.

        Raises:
            RoadworthyError: the disk is full.
        """
        try:
            folder.mkdir(parents=True)
            for name in FRAMES:
                getattr(own, name).write_ipc(_file(folder, name))
        except OSError as error:
            if is_full(error):
                raise RoadworthyError(f"{folder.parent}: {FULL}") from error
            raise
        return cls(folder, own.policy, own.sightings)

    def mapped(self) -> OwnFacts:
        """The facts, as they lie there; they can be read when the folder is gone."""
        frames: dict[str, Any] = {name: _mapped(_file(self.folder, name)) for name in FRAMES}
        return OwnFacts(policy=self.policy, sightings=self.sightings, **frames)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.arrow"


def _mapped(file: Path) -> pl.DataFrame:
    table = ipc.open_file(pa.memory_map(str(file))).read_all()
    frame = pl.from_arrow(table, rechunk=False)
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - of a table, never of a column
    return frame
