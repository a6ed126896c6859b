"""Spans of time, in hours and in days."""

from datetime import date

import polars as pl

from pipelines.histories.spans import begins, days, hours
from tests.pipelines.frames import INSTANT, at, frame


def test_a_span_in_hours_and_in_days_is_exact_to_the_microsecond() -> None:
    spans = frame(
        {"since": at("2026-03-02 09:00"), "until": at("2026-03-03 21:00")},
        {"since": at("2026-03-02 09:00"), "until": at("2026-03-02 09:00:00.000036")},
        {"since": at("2026-03-03"), "until": at("2026-03-02")},
        {"since": at("2026-03-02")},
        since=INSTANT,
        until=INSTANT,
    )
    span = pl.col("until") - pl.col("since")

    assert spans.select(hours(span), days=days(span)).rows() == [
        (36.0, 1.5),
        (1e-8, 1e-8 / 24),
        (-24.0, -1.0),
        (None, None),
    ]


def test_a_day_begins_at_midnight_of_its_zone_also_when_the_clocks_are_moved() -> None:
    assert begins(date(2026, 3, 2), "Europe/Berlin") == at("2026-03-01 23:00")
    assert begins(date(2026, 3, 30), "Europe/Berlin") == at("2026-03-29 22:00")
