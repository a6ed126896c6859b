"""Bulk edits: how many items, how near to one another, of which field and by whom."""

from datetime import timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pipelines.histories.bulk_edits import bulk_edits, with_bulk_edits
from tests.pipelines.frames import INSTANT, Row, at, frame

TEN = at("2026-03-02 10:00")


def edits(*rows: Row) -> pl.DataFrame:
    """Changes of dates by Paula at ten, unless they say otherwise."""
    usual = {"changed_at": TEN, "field": "duedate", "actor_id": "paula"}
    texts = dict.fromkeys(("item_id", "field", "actor_id"), pl.String)
    numbered = ({**usual, "sequence": place, **row} for place, row in enumerate(rows, start=1))
    return frame(*numbered, **texts, changed_at=INSTANT, sequence=pl.Int32)


def marked(frame_of_edits: pl.DataFrame, bulk_items: int = 20) -> pl.DataFrame:
    return with_bulk_edits(frame_of_edits, bulk_edits(frame_of_edits, bulk_items=bulk_items))


def of_items(first: int, last: int, *, seconds: float = 0, **more: str | None) -> list[Row]:
    instant = TEN + timedelta(seconds=seconds)
    return [{"item_id": f"i{n}", "changed_at": instant, **more} for n in range(first, last + 1)]


def bulk(frame_of_edits: pl.DataFrame, bulk_items: int = 20) -> list[str]:
    return marked(frame_of_edits, bulk_items).filter("is_bulk")["item_id"].to_list()


def test_twenty_items_at_once_are_a_bulk_edit() -> None:
    assert len(bulk(edits(*of_items(1, 20)))) == 20


def test_nineteen_items_are_not() -> None:
    assert bulk(edits(*of_items(1, 19))) == []


def test_sixty_seconds_are_within_a_minute() -> None:
    assert len(bulk(edits(*of_items(1, 10), *of_items(11, 20, seconds=60)))) == 20


def test_sixty_one_seconds_are_not() -> None:
    assert bulk(edits(*of_items(1, 10), *of_items(11, 20, seconds=61))) == []


def test_a_microsecond_more_than_a_minute_is_not() -> None:
    assert bulk(edits(*of_items(1, 10), *of_items(11, 20, seconds=60.000001))) == []


def test_the_same_item_twice_is_one_item() -> None:
    assert bulk(edits(*of_items(1, 19), *of_items(1, 1, seconds=30))) == []


def test_an_edit_without_an_actor_is_made_by_one() -> None:
    assert len(bulk(edits(*of_items(1, 20, actor_id=None)))) == 20


def test_nobody_and_somebody_are_two_actors() -> None:
    assert bulk(edits(*of_items(1, 10, actor_id=None), *of_items(11, 20))) == []


def test_two_fields_are_two_edits() -> None:
    assert bulk(edits(*of_items(1, 10), *of_items(11, 20, field="status"))) == []


def test_only_the_edits_of_a_full_minute_are_marked() -> None:
    found = bulk(edits(*of_items(1, 20), *of_items(21, 21, seconds=120)))

    assert "i21" not in found
    assert len(found) == 20


def test_a_long_sweep_is_bulk_from_its_first_edit_to_its_last() -> None:
    sweep = [row for n in range(1, 61) for row in of_items(n, n, seconds=3 * n)]

    assert len(bulk(edits(*sweep))) == 60


def test_the_order_of_the_rows_is_kept() -> None:
    given = edits(*of_items(1, 20, seconds=30), *of_items(21, 25))

    assert marked(given)["item_id"].equals(given["item_id"])


def test_no_changes_are_no_bulk_edit() -> None:
    assert marked(edits())["is_bulk"].to_list() == []


def test_the_limit_is_a_setting() -> None:
    assert len(bulk(edits(*of_items(1, 3)), bulk_items=3)) == 3


def in_some_full_minute(edits: list[tuple[int, int]], bulk_items: int) -> list[bool]:
    """The definition to the letter: every edit in a minute, from some edit on, of many items."""
    minutes = [
        (start, {item for second, item in edits if start <= second <= start + 60})
        for start, _ in edits
    ]
    full = [start for start, items in minutes if len(items) >= bulk_items]
    return [any(start <= second <= start + 60 for start in full) for second, _ in edits]


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 8)), max_size=40),
    st.integers(2, 6),
)
def test_an_edit_is_bulk_just_where_it_stands_in_some_full_minute(
    moves: list[tuple[int, int]], bulk_items: int
) -> None:
    rows = [row for second, n in moves for row in of_items(n, n, seconds=second)]

    found = marked(edits(*rows), bulk_items)["is_bulk"].to_list()
    assert found == in_some_full_minute(moves, bulk_items)
