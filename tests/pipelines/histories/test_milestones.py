"""The milestone of an item: by its title in a history, by its id where it is shown now."""

import polars as pl

from pipelines.histories.milestones import milestone_sets
from tests.pipelines.core_shapes import SHAPES
from tests.pipelines.frames import INSTANT, Row, at, frame

ITEM = frame({"item_id": "i", "born_at": at("2026-01-02")}, item_id=pl.String, born_at=INSTANT)
GIVEN = {"changed_at": at("2026-01-10"), "sequence": 1, "group_end": 1, "to_text": "1.0"}
SWAPPED = {
    "changed_at": at("2026-02-01"),
    "sequence": 2,
    "group_end": 2,
    "from_text": "1.0",
    "to_text": "2.0",
}


def members(shown: Row, *moved: Row) -> list[list[str | None]]:
    """What the milestone of an item is known by, state after state."""
    usual = {"item_id": "i", "field": "milestone"}
    types = SHAPES["field_changes"] | {"group_end": pl.Int32}
    changes = frame(*({**usual, **one} for one in moved), **types)
    present = frame({**usual, "position": 1, **shown}, **SHAPES["field_values"])
    sets: list[list[str | None]] = milestone_sets(ITEM, changes, present)["members"].to_list()
    return sets


def test_the_one_that_is_shown_is_known_by_its_id_and_those_before_by_their_titles() -> None:
    shown = {"value_id": "MI_2", "value_text": "Spring"}
    assert members(shown, GIVEN, SWAPPED) == [[None], ["1.0"], ["MI_2"]]


def test_one_that_was_never_given_is_that_of_the_beginning() -> None:
    assert members({"value_id": "MI_2", "value_text": "Spring"}) == [["MI_2"]]


def test_one_that_is_shown_without_an_id_goes_by_its_title() -> None:
    assert members({"value_text": "2.0"}, GIVEN, SWAPPED) == [[None], ["1.0"], ["2.0"]]


def test_one_that_was_taken_away_is_none() -> None:
    gone = {**SWAPPED, "to_text": None}
    assert members({}, GIVEN, gone) == [[None], ["1.0"], [None]]
