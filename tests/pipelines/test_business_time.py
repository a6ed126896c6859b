"""Business hours and business days: nights, holidays, and days on which the clocks change."""

from datetime import date, time

import polars as pl
import pytest

from pipelines.business_time import (
    business_days_between,
    business_time,
    is_workday,
    nothing_worked,
)
from pipelines.policy import WorkingHours
from tests.pipelines.frames import INSTANT, at

BERLIN = WorkingHours(zone="Europe/Berlin")
AROUND_THE_CLOCK = WorkingHours(
    zone="Europe/Berlin", weekdays=frozenset(range(7)), opens=time(0), closes_minute=24 * 60
)


def hours(calendar: WorkingHours, start: str, end: str) -> float | None:
    """Business hours between two instants in UTC."""
    worked = business_time(calendar, at(start).date(), at(end).date())
    starts, ends = (pl.Series([at(one)], dtype=INSTANT) for one in (start, end))
    found: float | None = worked.hours_between(starts, ends)[0]
    return found


def days(start: str, end: str, calendar: WorkingHours = BERLIN) -> int | None:
    starts, ends = (pl.Series([date.fromisoformat(one)]) for one in (start, end))
    found: int | None = business_days_between(starts, ends, calendar)[0]
    return found


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("2025-01-06 08:00", "2025-01-06 16:00", 8, id="a day from opening to closing"),
        pytest.param("2025-01-06 00:00", "2025-01-07 00:00", 8, id="a day from night to night"),
        pytest.param("2025-01-06 16:00", "2025-01-07 08:00", 0, id="the night between"),
        pytest.param("2025-01-06 09:30", "2025-01-06 09:45", 0.25, id="within a day"),
        pytest.param("2025-01-10 15:00", "2025-01-13 09:00", 2, id="over a weekend"),
        pytest.param("2025-01-11 08:00", "2025-01-12 16:00", 0, id="within a weekend"),
        pytest.param("2025-01-06 09:00", "2025-01-06 09:00", 0, id="no time at all"),
        pytest.param("2025-01-06 08:00", "2025-01-20 08:00", 80, id="two weeks"),
    ],
)
def test_nine_to_five_in_berlin_in_winter(start: str, end: str, expected: float) -> None:
    assert hours(BERLIN, start, end) == pytest.approx(expected)


def test_in_summer_the_same_wall_clock_is_another_hour_in_utc() -> None:
    assert hours(BERLIN, "2025-07-07 07:00", "2025-07-07 15:00") == 8
    assert hours(BERLIN, "2025-07-07 15:00", "2025-07-07 16:00") == 0


def test_a_working_day_is_eight_hours_on_both_sides_of_the_change_of_clocks() -> None:
    assert hours(BERLIN, "2025-03-28 08:00", "2025-03-31 15:00") == 16


def test_around_the_clock_the_short_day_has_twenty_three_hours() -> None:
    assert hours(AROUND_THE_CLOCK, "2025-03-29 23:00", "2025-03-30 22:00") == 23


def test_around_the_clock_the_long_day_has_twenty_five_hours() -> None:
    assert hours(AROUND_THE_CLOCK, "2025-10-25 22:00", "2025-10-26 23:00") == 25


def test_closing_at_twenty_four_joins_the_next_day_without_a_gap() -> None:
    assert hours(AROUND_THE_CLOCK, "2025-01-06 22:30", "2025-01-06 23:30") == 1


def test_a_late_shift_closes_at_local_midnight() -> None:
    late = WorkingHours(zone="Europe/Berlin", opens=time(20), closes_minute=24 * 60)

    assert hours(late, "2025-01-06 12:00", "2025-01-07 12:00") == 4


def test_on_a_holiday_nothing_is_worked() -> None:
    with_unity_day = WorkingHours(zone="Europe/Berlin", holidays=frozenset({date(2025, 10, 3)}))

    assert hours(with_unity_day, "2025-10-02 07:00", "2025-10-06 07:00") == 8
    assert not is_workday(date(2025, 10, 3), with_unity_day)
    assert is_workday(date(2025, 10, 2), with_unity_day)


def test_hours_are_told_of_an_instant_outside_the_days_asked_for_but_next_to_them() -> None:
    worked = business_time(BERLIN, date(2025, 1, 7), date(2025, 1, 7))
    starts = pl.Series([at("2025-01-06 08:00")], dtype=INSTANT)
    ends = pl.Series([at("2025-01-08 16:00")], dtype=INSTANT)

    assert worked.hours_between(starts, ends).to_list() == [24]


def test_a_missing_instant_has_no_hours() -> None:
    worked = business_time(BERLIN, date(2025, 1, 6), date(2025, 1, 7))
    some, none = pl.Series([at("2025-01-06")], dtype=INSTANT), pl.Series([None], dtype=INSTANT)

    assert worked.hours_between(some, none).to_list() == [None]
    assert worked.hours_between(none, some).to_list() == [None]


def test_nobody_works_in_an_empty_calendar() -> None:
    starts = pl.Series([at("2025-01-06")], dtype=INSTANT)
    ends = pl.Series([at("2025-02-06")], dtype=INSTANT)

    assert nothing_worked().hours_between(starts, ends).to_list() == [0]
    never = WorkingHours(weekdays=frozenset())
    assert hours(never, "2025-01-06", "2025-02-06") == 0


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("2025-03-20", "2025-03-21", 1, id="Thursday to Friday"),
        pytest.param("2025-03-21", "2025-03-22", 0, id="Friday to Saturday"),
        pytest.param("2025-03-21", "2025-03-23", 0, id="Friday to Sunday"),
        pytest.param("2025-03-21", "2025-03-24", 1, id="Friday to Monday"),
        pytest.param("2025-03-22", "2025-03-23", 0, id="within a weekend"),
        pytest.param("2025-03-22", "2025-03-24", 1, id="Saturday to Monday"),
        pytest.param("2025-03-20", "2025-03-27", 5, id="a week"),
        pytest.param("2025-03-20", "2025-03-20", 0, id="the same day"),
    ],
)
def test_business_days_are_counted_the_same_both_ways(start: str, end: str, expected: int) -> None:
    assert days(start, end) == expected
    assert days(end, start) == -expected


def test_a_holiday_is_no_business_day() -> None:
    with_unity_day = WorkingHours(holidays=frozenset({date(2025, 10, 3)}))

    assert days("2025-10-02", "2025-10-03", with_unity_day) == 0
    assert days("2025-10-02", "2025-10-06", with_unity_day) == 1


def test_a_week_may_begin_on_sunday() -> None:
    sunday_to_thursday = WorkingHours(weekdays=frozenset({6, 0, 1, 2, 3}))

    assert days("2025-03-20", "2025-03-23", sunday_to_thursday) == 1


def test_a_missing_day_is_no_distance() -> None:
    some, none = pl.Series([date(2025, 3, 20)]), pl.Series([None], dtype=pl.Date)

    assert business_days_between(some, none, BERLIN).to_list() == [None]
    assert business_days_between(none, some, BERLIN).to_list() == [None]
