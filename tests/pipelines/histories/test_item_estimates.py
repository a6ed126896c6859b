"""Estimates: as of a moment, in one unit per source."""

import polars as pl

from pipelines.histories.item_estimates import with_points
from tests.pipelines.core_shapes import SHAPES
from tests.pipelines.frames import INSTANT, Row, at, frame

ITEMS = frame(
    *(
        {"item_id": name, "source": source, "born_at": at("2026-01-01")}
        for name, source in (("a", "acme"), ("b", "acme"), ("t", "other"))
    ),
    **SHAPES["items"],
    born_at=INSTANT,
)


def points(*, changes: tuple[Row, ...] = (), present: tuple[Row, ...] = (), of: Row) -> object:
    """The estimate of one item after one group."""
    usual = {"is_member": False, "changed_at": at("2026-01-02")}
    moves = ({**usual, "group_end": row["sequence"], **row} for row in changes)
    shown = ({"position": 1, **row} for row in present)
    [found] = with_points(
        frame(of, item_id=pl.String, group_end=pl.Int32),
        ITEMS,
        frame(*moves, **SHAPES["field_changes"], group_end=pl.Int32),
        frame(*shown, **SHAPES["field_values"]),
    ).to_dicts()
    return found["points"]


RAISED = {"item_id": "a", "field": "Story Points", "sequence": 2, "from_text": "3", "to_text": "8"}
TIMED = {"item_id": "t", "field": "timeoriginalestimate", "value_text": "7200"}


def test_an_estimate_is_the_one_of_the_moment_and_not_the_one_of_today() -> None:
    assert points(changes=(RAISED,), of={"item_id": "a", "group_end": 1}) == 3
    assert points(changes=(RAISED,), of={"item_id": "a", "group_end": 2}) == 8


def test_without_a_change_the_estimate_of_today_holds_back_to_creation() -> None:
    shown = {"item_id": "a", "field": "Story point estimate", "value_text": "5.0"}
    assert points(present=(shown,), of={"item_id": "a", "group_end": 0}) == 5


def test_what_is_no_number_is_no_estimate() -> None:
    shown = {"item_id": "a", "field": "Story Points", "value_text": "large"}
    assert points(present=(shown,), of={"item_id": "a", "group_end": 0}) is None


def test_time_is_told_in_hours_where_a_source_has_no_points() -> None:
    assert points(present=(TIMED,), of={"item_id": "t", "group_end": 0}) == 2


def test_time_is_no_estimate_where_its_source_has_points() -> None:
    timed = {**TIMED, "item_id": "b"}
    assert points(changes=(RAISED,), present=(timed,), of={"item_id": "b", "group_end": 0}) is None


def test_the_points_of_one_source_do_not_hide_the_time_of_another() -> None:
    assert points(changes=(RAISED,), present=(TIMED,), of={"item_id": "t", "group_end": 0}) == 2
