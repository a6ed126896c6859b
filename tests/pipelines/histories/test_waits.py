"""How long requests have waited, and how much of it before anybody watched."""

from datetime import date

import polars as pl

from pipelines.histories.business_time import business_time
from pipelines.histories.calendars import Calendars
from pipelines.histories.waits import watched_from, with_hours_waited
from pipelines.policy import WorkingHours
from tests.pipelines.frames import INSTANT, at, frame

NINE_TO_FIVE = Calendars(business_time(WorkingHours(), date(2026, 1, 1), date(2026, 12, 31)), {})


def test_a_wait_is_told_on_both_clocks_and_how_much_of_it_nobody_watched() -> None:
    requests = frame(
        {"requested_at": at("2026-03-06 16:00"), "until": at("2026-03-09 10:00")},
        {
            "requested_at": at("2026-03-06 16:00"),
            "until": at("2026-03-09 10:00"),
            "watched_from": at("2026-03-09 09:30"),
        },
        {
            "requested_at": at("2026-03-06 16:00"),
            "until": at("2026-03-09 10:00"),
            "watched_from": at("2026-01-01"),
        },
        requested_at=INSTANT,
        until=INSTANT,
        watched_from=INSTANT,
    ).with_columns(asked_role=pl.lit(None, pl.String))

    waited = with_hours_waited(requests, NINE_TO_FIVE)

    told = waited.select("elapsed_hours", "business_hours", "unwatched_hours").rows()
    assert told == [(66.0, 2.0, 0.0), (66.0, 2.0, 1.5), (66.0, 2.0, 0.0)]


def test_a_frame_without_the_column_was_always_watched() -> None:
    rows = frame({"requested_at": at("2026-03-06")}, requested_at=INSTANT)

    assert rows.select(watched_from(rows)).to_series().to_list() == [None]
