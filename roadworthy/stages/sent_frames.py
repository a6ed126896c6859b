"""Messages between processes of one machine, with long frames on disk between them.

Sending the visits of a million tickets through a pipe takes their memory three times: at the
sender, on the way and at the receiver. Written once, they are read in place by every process that
needs them; so is a long frame in an answer.
"""

import io
import os
import pickle
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import RLock
from typing import Final

import polars as pl

from roadworthy.stages.known_frames import KnownFrames
from roadworthy.stages.mapped_frames import files_of, mapped, written

_LONG: Final = 1_000_000
"""Bytes from which on a frame is written and not sent."""
_NUMBERS = count()
_BETWEEN: Final = "\0"
"""No path has it."""


@dataclass(slots=True)
class Sent:
    """A frame that lies on the disk."""

    file: Path
    readers: int = 0
    """How many were told of it, and may not have read it yet."""
    is_gone: bool = False
    """Whether nobody has the frame any more who could tell others of it."""


class SentFrames:
    """Long frames in a folder, each written once, however many receive it."""

    def __init__(self, folder: Path) -> None:
        """Into this folder; whoever owns it clears away what is left there."""
        self._folder = folder
        self._known = KnownFrames[Sent]()
        # Of a thread that holds it: a frame may go while another is looked for.
        self._lock = RLock()

    def packed(self, thing: object) -> tuple[bytes, list[Sent]]:
        """A thing as bytes, and the frames in it that lie on the disk.

        Raises:
            RoadworthyError: the disk is full.
        """
        packed = io.BytesIO()
        pickler = _Pickler(packed, self)
        pickler.dump(thing)
        with self._lock:
            for one in pickler.sent:
                one.readers += 1
        return packed.getvalue(), pickler.sent

    def unpacked(self, packed: bytes) -> object:
        """What a process answered: its long frames are read in place, and not written again."""
        unpickler = _Unpickler(io.BytesIO(packed))
        thing: object = unpickler.load()
        for file, frame in unpickler.read:
            self._keep(frame, file)
        return thing

    def was_read(self, sent: list[Sent]) -> None:
        """They were; one that nobody else may ask for is cleared away."""
        for one in sent:
            with self._lock:
                one.readers -= 1
                self._clear(one)

    def kept(self, frame: pl.DataFrame) -> Sent:
        """The frame on the disk."""
        if (known := self._known.of(frame)) is not None:
            return known
        file = self._folder / f"sent-{os.getpid()}-{next(_NUMBERS)}.arrow"
        written(frame, file)
        return self._keep(frame, file)

    def _keep(self, frame: pl.DataFrame, file: Path) -> Sent:
        kept = Sent(file)

        def gone() -> None:
            with self._lock:
                kept.is_gone = True
                self._clear(kept)

        self._known.remember(frame, kept, gone=gone)
        return kept

    def _clear(self, one: Sent) -> None:
        if one.is_gone and not one.readers:
            one.file.unlink(missing_ok=True)


def told_back(thing: object, folder: Path) -> bytes:
    """What a process tells back whoever asked it: long frames lie in the folder."""
    # This process counts as a reader that is never done: who asked clears them away.
    packed, _ = SentFrames(folder).packed(thing)
    return packed


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, frames: SentFrames) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._frames = frames
        self.sent: list[Sent] = []

    def persistent_id(self, obj: object) -> str | None:
        if not isinstance(obj, pl.DataFrame) or obj.estimated_size() < _LONG:
            return None
        if files := files_of(obj):
            return _BETWEEN.join(map(str, files))
        sent = self._frames.kept(obj)
        self.sent.append(sent)
        return str(sent.file)


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.read: list[tuple[Path, pl.DataFrame]] = []

    def persistent_load(self, pid: str) -> pl.DataFrame:
        files = [Path(one) for one in pid.split(_BETWEEN)]
        if len(files) > 1:
            return pl.concat([mapped(file) for file in files])
        frame = mapped(files[0])
        self.read.append((files[0], frame))
        return frame


def unpacked(packed: bytes) -> object:
    """The thing that was packed; its long frames are read in place."""
    thing: object = _Unpickler(io.BytesIO(packed)).load()
    return thing
