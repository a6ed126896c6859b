"""What holds of worked time on every calendar, about the days on which clocks change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pipelines.histories.business_time import BusinessTime, business_time
from pipelines.policy import WorkingHours
from tests.pipelines.frames import INSTANT

_MINUTE = timedelta(minutes=1)
_TICK = timedelta(microseconds=1)
_DAYS_ABOUT = 3

# A change of clocks in each zone, and a day on which nothing happens.
_PLACES = st.sampled_from(
    [
        ("Europe/Berlin", date(2025, 3, 30)),
        ("Europe/Berlin", date(2025, 10, 26)),
        ("America/Sao_Paulo", date(2018, 11, 4)),
        ("America/Sao_Paulo", date(2018, 2, 18)),
        ("Asia/Beirut", date(2025, 3, 30)),
        ("America/Havana", date(2025, 11, 2)),
        ("Australia/Lord_Howe", date(2025, 10, 5)),
        ("Australia/Lord_Howe", date(2025, 4, 6)),
        ("Pacific/Apia", date(2011, 12, 30)),
        ("Asia/Kolkata", date(2025, 1, 1)),
    ]
)
# Minutes of the day at which a calendar opens and closes, 24:00 among them.
_OPEN = st.lists(st.integers(0, 24 * 60), min_size=2, max_size=2, unique=True).map(sorted)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[WorkingHours, date]:
    """Working hours, and a day about which instants may be drawn."""
    zone, day = draw(_PLACES)
    opens, closes = draw(_OPEN)
    off = draw(st.sets(st.integers(-_DAYS_ABOUT, _DAYS_ABOUT), max_size=2))
    hours = WorkingHours(
        zone=zone,
        weekdays=frozenset(draw(st.sets(st.integers(0, 6), min_size=3))),
        opens=time(opens // 60, opens % 60),
        closes_minute=closes,
        holidays=frozenset(day + timedelta(days=number) for number in off),
    )
    return hours, day


def instants(number: int, unit: timedelta) -> st.SearchStrategy[list[timedelta]]:
    """So many distances from a day, in order, in whole units."""
    most = timedelta(days=_DAYS_ABOUT) // unit
    distance = st.integers(-most, most).map(lambda units: units * unit)
    return st.lists(distance, min_size=number, max_size=number).map(sorted)


def about(calendar: tuple[WorkingHours, date]) -> tuple[BusinessTime, datetime]:
    """The function about the day, and the beginning of the day in UTC."""
    hours, day = calendar
    around = timedelta(days=_DAYS_ABOUT)
    return business_time(hours, day - around, day + around), datetime.combine(day, time(), UTC)


def worked(function: BusinessTime, start: datetime, end: datetime) -> timedelta:
    ticks = function.worked_microseconds(*(pl.Series([one], dtype=INSTANT) for one in (start, end)))
    return timedelta(microseconds=ticks[0])


def is_open(instant: datetime, hours: WorkingHours) -> bool:
    """What a clock on the wall says."""
    local = instant.astimezone(ZoneInfo(hours.zone))
    minute = local.hour * 60 + local.minute
    if local.weekday() not in hours.weekdays or local.date() in hours.holidays:
        return False
    return hours.opens.hour * 60 + hours.opens.minute <= minute < hours.closes_minute


@given(calendars(), instants(2, _MINUTE))
def test_worked_are_the_minutes_at_which_the_clock_on_the_wall_shows_an_opening_hour(
    calendar: tuple[WorkingHours, date], distances: list[timedelta]
) -> None:
    function, day = about(calendar)
    start, end = (day + distance for distance in distances)
    minutes = (start + number * _MINUTE for number in range((end - start) // _MINUTE))

    assert worked(function, start, end) == _MINUTE * sum(
        is_open(minute, calendar[0]) for minute in minutes
    )


@given(calendars(), instants(3, _TICK))
def test_adjacent_intervals_add_up(
    calendar: tuple[WorkingHours, date], distances: list[timedelta]
) -> None:
    function, day = about(calendar)
    first, second, third = (day + distance for distance in distances)

    parts = worked(function, first, second) + worked(function, second, third)
    assert worked(function, first, third) == parts


@given(calendars(), instants(2, _TICK))
def test_no_more_is_worked_than_time_passes_and_never_less_than_none(
    calendar: tuple[WorkingHours, date], distances: list[timedelta]
) -> None:
    function, day = about(calendar)
    start, end = (day + distance for distance in distances)

    assert timedelta() <= worked(function, start, end) <= end - start


@given(calendars(), instants(2, _TICK))
def test_a_day_off_adds_nothing_and_takes_what_was_worked_on_it(
    calendar: tuple[WorkingHours, date], distances: list[timedelta]
) -> None:
    hours, day = calendar
    off = replace(hours, holidays=hours.holidays | {day})
    alone = replace(hours, weekdays=hours.weekdays & {day.weekday()})
    start, end = (about(calendar)[1] + distance for distance in distances)

    with_it, without_it, that_day = (
        worked(about((one, day))[0], start, end) for one in (hours, off, alone)
    )
    assert with_it == without_it + that_day
