"""Facts of a bucket on the disk.

The facts of a million tickets are more than a machine may have memory for, and no estimate looks at
all of their columns. A process that understood a bucket writes its frames down; who asks for them
reads them in place (:mod:`roadworthy.stages.mapped_frames`). So are those that are made of all
buckets together.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Self

import polars as pl

from pipelines.policy import Policy
from roadworthy.stages.item_facts import ItemFacts
from roadworthy.stages.mapped_frames import files_of, lying, written
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


def laid_down(facts: ItemFacts, folder: Path) -> ItemFacts:
    """The same facts, with what does not lie in files of buckets written down, too.

    Raises:
        RoadworthyError: the disk is full.
    """
    frames: dict[str, Any] = {}
    for name in (one.name for one in fields(facts)):
        frame = getattr(facts, name)
        if isinstance(frame, pl.DataFrame) and not files_of(frame):
            written(frame, _file(folder, name))
            frames[name] = lying(_file(folder, name))
    return replace(facts, **frames)


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
        for name in FRAMES:
            written(getattr(own, name), _file(folder, name))
        return cls(folder, own.policy, own.sightings)

    def mapped(self) -> OwnFacts:
        """The facts, as they lie there; they can be read when the folder is gone."""
        frames: dict[str, Any] = {name: lying(_file(self.folder, name)) for name in FRAMES}
        return OwnFacts(policy=self.policy, sightings=self.sightings, **frames)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.arrow"
