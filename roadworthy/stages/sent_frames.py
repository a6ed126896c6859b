"""What a process is told by another of the same machine, with long frames on the disk between them.

To send the visits of a million tickets through a pipe takes their bytes three times: where they
are, on the way and where they arrive. Written down once they are read in place by whoever needs
some of them.
"""

import io
import pickle
import weakref
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

import polars as pl

from roadworthy.stages.mapped_frames import mapped, written

_LONG: Final = 1_000_000
"""Bytes from which on a frame is written and not sent."""


@dataclass(slots=True)
class Sent:
    """A frame that was written down."""

    frame: "weakref.ref[pl.DataFrame]"
    file: Path
    readers: int = 0
    """How many were told of it, and may not have read it yet."""


class SentFrames:
    """Long frames in a folder, each written once, however many are told of it."""

    def __init__(self, folder: Path) -> None:
        """Into this folder; whoever owns it clears away what is left there."""
        self._folder = folder
        self._known: dict[int, Sent] = {}
        self._count = 0
        self._lock = Lock()

    def told(self, thing: object) -> tuple[bytes, list[Sent]]:
        """A thing as bytes, and the frames in it that lie on the disk.

        Raises:
            RoadworthyError: the disk is full.
        """
        told = io.BytesIO()
        pickler = _Pickler(told, self)
        pickler.dump(thing)
        with self._lock:
            for one in pickler.sent:
                one.readers += 1
        return told.getvalue(), pickler.sent

    def was_read(self, sent: list[Sent]) -> None:
        """They were; one that nobody else may ask for is cleared away."""
        with self._lock:
            for one in sent:
                one.readers -= 1
                if not one.readers and one.frame() is None:
                    one.file.unlink(missing_ok=True)

    def kept(self, frame: pl.DataFrame) -> Sent:
        """The frame on the disk."""
        known = self._known.get(id(frame))
        # Another frame may have come to lie where one that is gone lay.
        if known is None or known.frame() is not frame:
            self._count += 1
            known = Sent(weakref.ref(frame), self._folder / f"sent-{self._count}.arrow")
            written(frame, known.file)
            self._known[id(frame)] = known
        return known


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, frames: SentFrames) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._frames = frames
        self.sent: list[Sent] = []

    def persistent_id(self, obj: object) -> str | None:
        if not isinstance(obj, pl.DataFrame) or obj.estimated_size() < _LONG:
            return None
        sent = self._frames.kept(obj)
        self.sent.append(sent)
        return str(sent.file)


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, pid: str) -> pl.DataFrame:
        return mapped(Path(pid))


def understood(told: bytes) -> object:
    """The thing that was told; its long frames are read in place."""
    thing: object = _Unpickler(io.BytesIO(told)).load()
    return thing
