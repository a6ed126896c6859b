"""Work that was done, and whether it was opened again."""

import polars as pl

from pipelines.flow.reopenings import reopened, reopenings
from tests.pipelines.frames import INSTANT, at, frame


def stays(*told: tuple[str, str, str | None]) -> pl.DataFrame:
    """Stays of item ``a``: kind of stage, first and last day of March."""
    return frame(
        *(
            {
                "item_id": "a",
                "visit_number": number,
                "team": "PAY",
                "stage_kind": kind,
                "entered_at": at(f"2026-03-{since}"),
                "left_at": until and at(f"2026-03-{until}"),
                "until": at(f"2026-03-{until or 31}"),
            }
            for number, (kind, since, until) in enumerate(told, start=1)
        ),
        **dict.fromkeys(("item_id", "team", "stage_kind"), pl.String),
        visit_number=pl.Int32,
        **dict.fromkeys(("entered_at", "left_at", "until"), INSTANT),
    )


_TWICE = stays(
    ("active", "02", "04"), ("done", "04", "07"), ("active", "07", "09"), ("done", "09", None)
)


def test_work_done_twice_was_reopened_once() -> None:
    told = reopenings(_TWICE).select("visit_number", "reopened_at", "days_to_reopening")
    assert told.rows() == [(2, at("2026-03-07"), 3.0), (4, None, None)]


def test_what_is_still_done_may_yet_be_reopened() -> None:
    assert reopened(_TWICE).select("subject_id", "followed_days", "end").rows() == [
        ("a/2", 3.0, 1),
        ("a/4", 22.0, 0),
    ]


def test_done_work_that_is_dropped_is_not_reopened() -> None:
    dropped = stays(("done", "02", "04"), ("dropped", "04", None))
    assert reopenings(dropped)["reopened_at"].to_list() == [None]
    assert reopened(dropped)["end"].to_list() == [2]
