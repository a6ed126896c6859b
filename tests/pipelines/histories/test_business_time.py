"""Business hours and business days: nights, holidays, and days on which the clocks change."""

from dataclasses import replace
from datetime import date, time, timedelta

import polars as pl
import pytest

from pipelines.histories.business_time import (
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
_TWO_DAYS = timedelta(days=2)


def hours(calendar: WorkingHours, start: str, end: str) -> float | None:
    """Business hours between two instants in UTC."""
    worked = business_time(calendar, at(start).date(), at(end).date())
    starts, ends = (pl.Series([at(one)], dtype=INSTANT) for one in (start, end))
    found: float | None = worked.hours_between(starts, ends)[0]
    return found


def worked_on(calendar: WorkingHours, day: str) -> float | None:
    """Business hours of a local day, and of the hours about it in which nobody works."""
    alone = replace(calendar, weekdays=frozenset({date.fromisoformat(day).weekday()}))
    middle = at(f"{day} 12:00")
    found: float | None = hours(
        alone, str((middle - _TWO_DAYS).date()), str((middle + _TWO_DAYS).date())
    )
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


def test_closing_at_twenty_four_before_a_day_off_ends_at_local_midnight() -> None:
    # The Friday closes at 23:00 in UTC.
    late = WorkingHours(zone="Europe/Berlin", opens=time(20), closes_minute=24 * 60)

    assert hours(late, "2025-01-10 12:00", "2025-01-13 12:00") == 4
    assert hours(late, "2025-01-10 22:45", "2025-01-10 23:30") == 0.25


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        pytest.param("Europe/Berlin", "2025-03-30", 23, id="an hour is skipped"),
        pytest.param("Europe/Berlin", "2025-10-26", 25, id="an hour comes twice"),
        pytest.param("America/Sao_Paulo", "2018-11-04", 23, id="there is no midnight"),
        pytest.param("America/Sao_Paulo", "2018-02-17", 25, id="the hour before midnight twice"),
        pytest.param("Asia/Beirut", "2025-03-30", 23, id="there is no midnight in Beirut"),
        pytest.param("America/Havana", "2025-11-02", 25, id="the hour after midnight twice"),
        pytest.param("Australia/Lord_Howe", "2025-10-05", 23.5, id="half an hour is skipped"),
        pytest.param("Australia/Lord_Howe", "2025-04-06", 24.5, id="half an hour comes twice"),
        pytest.param("Pacific/Apia", "2011-12-30", 0, id="the day itself is skipped"),
        pytest.param("Asia/Kolkata", "2025-03-30", 24, id="the clocks never change"),
    ],
)
def test_around_the_clock_a_day_has_the_hours_it_has(zone: str, day: str, expected: float) -> None:
    assert worked_on(replace(AROUND_THE_CLOCK, zone=zone), day) == expected


@pytest.mark.parametrize(
    ("zone", "day", "open_at", "expected"),
    [
        # 02:30 to 10:00 without the half hour up to 03:00, which no clock showed.
        pytest.param("Europe/Berlin", "2025-03-30", (150, 600), 7, id="opens in a skipped hour"),
        pytest.param("Europe/Berlin", "2025-03-30", (60, 150), 1, id="closes in a skipped hour"),
        pytest.param("Europe/Berlin", "2025-03-30", (125, 175), 0, id="open in it alone"),
        # 02:30 to 03:00 twice, and seven hours more.
        pytest.param("Europe/Berlin", "2025-10-26", (150, 600), 8, id="opens in an hour twice"),
        pytest.param("Europe/Berlin", "2025-10-26", (60, 150), 2, id="closes in an hour twice"),
        pytest.param("America/Sao_Paulo", "2018-11-04", (0, 480), 7, id="opens at no midnight"),
        pytest.param("America/Sao_Paulo", "2018-02-17", (1200, 1440), 5, id="closes at midnight"),
        pytest.param("Europe/Berlin", "2025-03-30", (540, 1020), 8, id="opens after the change"),
    ],
)
def test_an_hour_is_worked_as_often_as_the_clock_on_the_wall_shows_it(
    zone: str, day: str, open_at: tuple[int, int], expected: float
) -> None:
    opens, closes = open_at
    shift = WorkingHours(zone=zone, opens=time(opens // 60, opens % 60), closes_minute=closes)

    assert worked_on(shift, day) == expected


def test_not_a_microsecond_is_lost_in_twenty_years() -> None:
    worked = business_time(BERLIN, date(2005, 1, 1), date(2025, 1, 31))
    opening = at("2005-01-03 08:00")
    starts = pl.Series([opening] * 3, dtype=INSTANT)
    ends = pl.Series([at(f"2025-01-06 08:00:00.00000{tick}") for tick in range(3)], dtype=INSTANT)

    # Monday to Monday, 1,044 weeks of forty hours.
    whole = 1044 * 40 * 3_600_000_000
    assert worked.worked_microseconds(starts, ends).to_list() == [whole, whole + 1, whole + 2]
    assert worked.hours_between(starts, ends)[1] == (whole + 1) / 3_600_000_000


def test_what_was_worked_counts_from_the_first_opening() -> None:
    worked = business_time(BERLIN, date(2025, 1, 7), date(2025, 1, 7))
    instants = [at("2024-01-01"), at("2025-01-06 09:00"), at("2025-01-08 20:00"), None]

    # The days before and after belong to it, for the sake of other zones.
    assert (worked.since_start(pl.Series(instants, dtype=INSTANT)) / 3_600_000_000).tolist() == [
        0,
        1,
        24,
        0,
    ]


def test_backwards_hours_are_negative() -> None:
    assert hours(BERLIN, "2025-01-06 10:00", "2025-01-06 09:00") == -1


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
    assert worked.worked_microseconds(some, none).to_list() == [None]


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
