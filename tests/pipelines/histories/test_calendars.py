"""Whose working hours count: those of the role that is to act, else those of the organisation."""

from datetime import date, time

import polars as pl
import pytest

from pipelines.histories.business_time import nothing_worked
from pipelines.histories.calendars import Calendars, calendars
from pipelines.policy import Policy, WorkingHours
from tests.pipelines.frames import INSTANT, at

# Nine to five in Berlin; in Pune from 10 to 19, Saturdays too, but not on the 14th.
POLICY = Policy(
    hours=WorkingHours(zone="Europe/Berlin"),
    role_hours={
        "engineers": WorkingHours(
            zone="Asia/Kolkata",
            weekdays=frozenset(range(6)),
            opens=time(10),
            closes_minute=19 * 60,
            holidays=frozenset({date(2025, 1, 14)}),
        ),
        "council": WorkingHours(zone="America/New_York", weekdays=frozenset({3})),
    },
)
JANUARY = calendars(POLICY, date(2025, 1, 1), date(2025, 1, 31))


def hours(start: str, end: str, *roles: str | None) -> list[float | None]:
    """Business hours between two instants in UTC, for each of the roles."""
    starts, ends = (pl.Series([at(one)] * len(roles), dtype=INSTANT) for one in (start, end))
    return JANUARY.hours_between(starts, ends, pl.Series(roles, dtype=pl.String)).to_list()


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # Berlin is open from 8:00 to 16:00 in UTC, Pune from 4:30 to 13:30, New York from 14:00.
        pytest.param("2025-01-07 00:00", "2025-01-08 00:00", [8, 9, 0], id="a Tuesday"),
        pytest.param("2025-01-07 06:00", "2025-01-07 09:00", [1, 3, 0], id="a morning"),
        pytest.param("2025-01-09 12:00", "2025-01-09 16:00", [4, 1.5, 2], id="a Thursday noon"),
        pytest.param("2025-01-11 00:00", "2025-01-13 00:00", [0, 9, 0], id="a weekend"),
        pytest.param("2025-01-14 00:00", "2025-01-15 00:00", [8, 0, 0], id="a day off in Pune"),
        pytest.param("2025-01-06 00:00", "2025-01-20 00:00", [80, 99, 16], id="two weeks"),
    ],
)
def test_each_interval_is_on_the_calendar_of_its_role(
    start: str, end: str, expected: list[float]
) -> None:
    assert hours(start, end, "product", "engineers", "council") == expected


def test_a_role_without_a_calendar_and_no_role_have_that_of_the_organisation() -> None:
    assert hours("2025-01-07", "2025-01-08", "product", None, "engineers", "?") == [8, 8, 9, 8]


def test_a_missing_instant_has_no_hours_on_any_calendar() -> None:
    some = pl.Series([at("2025-01-07"), None, None], dtype=INSTANT)
    roles = pl.Series(["engineers", "engineers", None], dtype=pl.String)

    assert JANUARY.hours_between(some, some, roles).to_list() == [0, None, None]


def test_no_intervals_have_no_hours() -> None:
    assert hours("2025-01-07", "2025-01-08") == []


def test_the_function_of_a_role_is_its_own_or_the_usual_one() -> None:
    assert JANUARY.of("engineers") is JANUARY.of_roles["engineers"]
    assert JANUARY.of("product") is JANUARY.of(None) is JANUARY.usual


def test_without_calendars_of_roles_all_have_the_usual_hours() -> None:
    alone = Calendars(nothing_worked(), {})
    starts, ends = (pl.Series([at(one)], dtype=INSTANT) for one in ("2025-01-07", "2025-01-08"))

    assert alone.hours_between(starts, ends, pl.Series(["engineers"])).to_list() == [0]
