"""A look-up of frames by identity, because frames have no hash."""

import weakref
from collections.abc import Callable
from typing import Generic, TypeVar

import polars as pl

_Known = TypeVar("_Known")


class KnownFrames(Generic[_Known]):
    """Something of each frame, for as long as the frame is there."""

    def __init__(self) -> None:
        """Of no frame yet."""
        self._known: dict[int, tuple[weakref.ref[pl.DataFrame], _Known]] = {}

    def of(self, frame: pl.DataFrame) -> _Known | None:
        """What is known of a frame, if anything."""
        there, known = self._known.get(id(frame), (None, None))
        return known if there is not None and there() is frame else None

    def remember(
        self, frame: pl.DataFrame, known: _Known, *, gone: Callable[[], None] | None = None
    ) -> None:
        """Remember it of a frame, and call a function when the frame is gone."""
        place = id(frame)

        def forget(_: object) -> None:
            # Another frame may come to lie where this one lay.
            self._known.pop(place, None)
            if gone is not None:
                gone()

        self._known[place] = weakref.ref(frame, forget), known
