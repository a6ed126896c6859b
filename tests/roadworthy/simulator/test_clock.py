from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from roadworthy.simulator.clock import after_working, midnight_after, next_workday

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2025-06-02 10:00", 2.0, "2025-06-02 12:00"),  # within one Monday
        ("2025-06-02 16:00", 2.0, "2025-06-03 10:00"),  # over a night
        ("2025-06-06 16:00", 2.0, "2025-06-09 10:00"),  # over a weekend
        ("2025-06-07 12:00", 1.0, "2025-06-09 10:00"),  # begun on a Saturday
        ("2025-06-02 06:00", 1.0, "2025-06-02 10:00"),  # begun before the doors open
        ("2025-06-02 09:00", 80.0, "2025-06-16 09:00"),  # two weeks
        ("2025-03-28 16:00", 2.0, "2025-03-31 10:00"),  # over the night that summer time begins
    ],
)
def test_work_goes_on_only_in_local_working_hours(start: str, hours: float, end: str) -> None:
    begun = datetime.fromisoformat(start).replace(tzinfo=BERLIN)
    done = after_working(begun, hours, BERLIN)
    assert done.astimezone(BERLIN) == datetime.fromisoformat(end).replace(tzinfo=BERLIN)
    assert done.tzinfo is UTC


def test_a_weekend_gives_way_to_its_monday() -> None:
    days = [date(2025, 6, 6), date(2025, 6, 7), date(2025, 6, 8), date(2025, 6, 9)]
    moved = [date(2025, 6, 6), date(2025, 6, 9), date(2025, 6, 9), date(2025, 6, 9)]
    assert [next_workday(day) for day in days] == moved


def test_a_local_day_ends_an_hour_earlier_in_utc_once_summer_time_began() -> None:
    assert midnight_after(date(2025, 3, 29), BERLIN) == datetime(2025, 3, 29, 23, tzinfo=UTC)
    assert midnight_after(date(2025, 3, 30), BERLIN) == datetime(2025, 3, 30, 22, tzinfo=UTC)
