"""The walk of an item, looking through parked stages."""

from typing import Any

import polars as pl

from pipelines.histories.unparked import unparked
from tests.pipelines.frames import frame

_KINDS = {"Hold": "parked", "Frozen": "parked", "Done": "done", "?": None}


def walk(*stages: str, item: str = "a") -> pl.DataFrame:
    """An item that is in these stages, one after the other."""
    rows = (
        {"item_id": item, "visit_number": n, "stage": one, "stage_kind": _KINDS.get(one, "active")}
        for n, one in enumerate(stages, start=1)
    )
    return frame(
        *rows, item_id=pl.String, visit_number=pl.Int32, stage=pl.String, stage_kind=pl.String
    )


def steps(visits: pl.DataFrame) -> list[Any]:
    return unparked(visits).select("stage", "step", "visit_number").rows()


def test_a_pause_within_a_stage_is_no_move() -> None:
    assert steps(walk("Build", "Hold", "Frozen", "Build", "Done")) == [
        ("Build", 0, 1),
        ("Done", 1, 5),
    ]


def test_taken_up_elsewhere_an_item_moved_when_it_was_taken_up() -> None:
    assert steps(walk("Build", "Hold", "Test")) == [("Build", 0, 1), ("Test", 1, 3)]


def test_an_item_that_begins_parked_begins_when_it_is_taken_up() -> None:
    assert steps(walk("Hold", "Build")) == [("Build", 0, 2)]


def test_a_stage_nobody_placed_is_a_stage() -> None:
    assert steps(walk("Build", "?", "Build")) == [("Build", 0, 1), ("?", 1, 2), ("Build", 2, 3)]


def test_items_walk_by_themselves_whatever_the_order_of_the_rows() -> None:
    both = pl.concat([walk("Build", "Test", item="b"), walk("Build", item="a")]).reverse()

    assert unparked(both).select("item_id", "stage", "step").rows() == [
        ("a", "Build", 0),
        ("b", "Build", 0),
        ("b", "Test", 1),
    ]
