"""How long anything was outstanding, and how long exactly one thing was."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.approvals.approval_waits import approval_waits
from pipelines.histories.calendars import calendars
from pipelines.policy import Policy, WorkingHours
from tests.pipelines.frames import INSTANT, Row, at, frame

MONDAY = at("2026-03-02 09:00")
NIGHTS = WorkingHours(weekdays=frozenset(range(7)), closes_minute=24 * 60)
CALENDARS = calendars(Policy(role_hours={"board": NIGHTS}), date(2026, 3, 1), date(2026, 4, 1))


def waits(*spans: tuple[int, int | None], role: str | None = None) -> list[Any]:
    """Waiting and solo hours of requests from one hour after Monday, nine o'clock, to another."""
    rows: list[Row] = [
        {
            "item_id": "a",
            "requested_at": MONDAY + timedelta(hours=start),
            "ended_at": None if end is None else MONDAY + timedelta(hours=end),
            "observed_until": MONDAY + timedelta(hours=72),
            "role": role,
        }
        for start, end in spans
    ]
    times = dict.fromkeys(("requested_at", "ended_at", "observed_until"), INSTANT)
    found = approval_waits(frame(*rows, item_id=str, role=str, **times), CALENDARS)
    return found.select("waiting_hours", "solo_hours").rows()


def test_what_two_wait_for_is_waited_for_once_and_alone_by_nobody() -> None:
    assert waits((0, 4), (2, 6)) == [(6.0, 4.0)]


def test_between_two_requests_nothing_is_outstanding() -> None:
    assert waits((0, 2), (4, 5)) == [(3.0, 3.0)]


def test_a_request_that_is_open_waits_up_to_the_snapshot() -> None:
    assert waits((0, None)) == [(24.0, 24.0)]


def test_a_request_of_no_length_waits_for_nothing() -> None:
    assert waits((2, 2)) == [(0.0, 0.0)]


@pytest.mark.parametrize(("role", "hours"), [(None, 8.0), ("clerk", 8.0), ("board", 15.0)])
def test_hours_are_those_of_the_role(role: str | None, hours: float) -> None:
    assert waits((0, 24), role=role) == [(hours, hours)]


SPANS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)).map(sorted), min_size=1)


@given(SPANS)
def test_an_hour_counts_if_anything_covers_it_and_alone_if_one_thing_does(
    spans: list[list[int]],
) -> None:
    covers = [sum(start <= hour < end for start, end in spans) for hour in range(8)]
    expected = (sum(many >= 1 for many in covers), covers.count(1))

    [found] = waits(*((start, end) for start, end in spans))
    assert found == pytest.approx(expected)
