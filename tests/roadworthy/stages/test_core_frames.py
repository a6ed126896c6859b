"""The conformed frames as they were known at an earlier instant."""

from datetime import timedelta

import polars as pl

from roadworthy.stages.core_frames import Core
from tests.pipelines.core_shapes import SHAPES
from tests.pipelines.frames import Row, at, frame

THEN = at("2026-03-02 09:00")


def core_with(name: str, *rows: Row) -> Core:
    """A core with these rows in one of its frames, and none in the others."""
    told = {name: rows}
    return Core(**{one: frame(*told.get(one, ()), **shape) for one, shape in SHAPES.items()})


def test_what_was_done_later_was_not_known_then() -> None:
    acts = (
        {"activity_id": str(hours), "acted_at": THEN + timedelta(hours=hours)}
        for hours in (-1, 0, 1)
    )
    core = core_with("activities", *acts)

    assert core.as_of(THEN).activities["activity_id"].to_list() == ["-1", "0"]


def test_what_went_missing_later_was_there_then() -> None:
    gone = (
        {"item_id": str(hours), "missing_since": THEN + timedelta(hours=hours)}
        for hours in (-1, 0, 1)
    )
    core = core_with("items", *gone)

    missing = core.as_of(THEN).items.filter(pl.col("missing_since").is_not_null())
    assert missing["item_id"].to_list() == ["-1", "0"]
