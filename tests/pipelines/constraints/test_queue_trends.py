"""Queues that grow, stand, or are worked off."""

from datetime import timedelta

import polars as pl

from pipelines.constraints.queue_trends import queue_trends
from tests.pipelines.frames import INSTANT, Row, at, frame

AS_OF = at("2026-07-06")


def stays(*rows: Row) -> pl.DataFrame:
    return frame(
        *({"observed_until": AS_OF, **row} for row in rows),
        stage=pl.String,
        entered_at=INSTANT,
        until=INSTANT,
        is_open=pl.Boolean,
        observed_until=INSTANT,
    )


def flow(*, comes_a_week: int, leaves_a_week: int, weeks: int = 40) -> pl.DataFrame:
    """So many come every week, and so many leave of those that came first."""
    first = AS_OF - timedelta(weeks=weeks)
    come = [
        first + timedelta(weeks=n // comes_a_week, hours=n % 7) for n in range(weeks * comes_a_week)
    ]
    left = [first + timedelta(weeks=1 + n // leaves_a_week, days=1) for n in range(len(come))]
    return stays(
        *(
            {
                "stage": "Ready",
                "entered_at": entered,
                "until": min(until, AS_OF),
                "is_open": until >= AS_OF,
            }
            for entered, until in zip(come, left, strict=True)
        )
    )


def test_more_come_than_leave() -> None:
    found = queue_trends(flow(comes_a_week=5, leaves_a_week=4))
    assert found == {"queue:Ready": "growing"}


def test_as_many_leave_as_come() -> None:
    found = queue_trends(flow(comes_a_week=5, leaves_a_week=5))
    assert found == {"queue:Ready": "steady"}


def test_a_queue_is_worked_off() -> None:
    backlog = stays(
        *(
            {
                "stage": "Ready",
                "entered_at": AS_OF - timedelta(weeks=60),
                "until": AS_OF - timedelta(weeks=28 * n / 100),
                "is_open": False,
            }
            for n in range(100)
        )
    )
    assert queue_trends(backlog) == {"queue:Ready": "shrinking"}


def test_of_a_queue_that_is_younger_than_half_a_year_nothing_is_said() -> None:
    found = queue_trends(flow(comes_a_week=5, leaves_a_week=4, weeks=20))
    assert found == {}


def test_a_queue_of_an_archive_grew_in_the_half_year_before_it_was_taken() -> None:
    archived = flow(comes_a_week=5, leaves_a_week=4)
    later = stays(
        {
            "stage": "Other",
            "entered_at": AS_OF,
            "until": AS_OF + timedelta(weeks=60),
            "is_open": True,
            "observed_until": AS_OF + timedelta(weeks=60),
        }
    )
    assert queue_trends(pl.concat([archived, later]))["queue:Ready"] == "growing"
