"""Round trips of a date: what was undone within a day, and what stays."""

from datetime import UTC, date, datetime, timedelta

import polars as pl

from pipelines.promises.date_moves import with_round_trips

EARLY, LATE = date(2026, 2, 10), date(2026, 2, 20)


def undone(*hours_and_dates: tuple[float, date | None]) -> list[int]:
    """The steps that count as undone, of one item whose date took these values."""
    begun = datetime(2026, 1, 5, tzinfo=UTC)
    rows = [
        ("a", step, begun + timedelta(hours=hours), day)
        for step, (hours, day) in enumerate(hours_and_dates)
    ]
    schema = {
        "item_id": pl.String(),
        "step": pl.Int32(),
        "at": pl.Datetime("us", "UTC"),
        "on": pl.Date(),
    }
    marked = with_round_trips(pl.DataFrame(rows, schema=schema, orient="row"))
    return marked.filter("is_undone")["step"].to_list()


def test_there_and_back_within_a_day_is_undone() -> None:
    assert undone((0, EARLY), (100, LATE), (124, EARLY)) == [1, 2]


def test_a_day_and_a_minute_later_it_is_two_moves() -> None:
    assert undone((0, EARLY), (100, LATE), (124.02, EARLY)) == []


def test_there_and_back_and_there_again_leaves_the_last_move() -> None:
    assert undone((0, EARLY), (100, LATE), (101, EARLY), (102, LATE)) == [1, 2]


def test_a_date_set_and_taken_off_at_once_was_never_set() -> None:
    assert undone((0, None), (100, EARLY), (100.1, None)) == [1, 2]
