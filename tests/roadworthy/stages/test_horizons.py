"""How long subjects are followed, read off the time before the first intervention."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from pipelines.policy import Intervention, Policy, WorkingHours
from roadworthy.stages.horizons import duration_horizon, verdict_horizon
from tests.pipelines.frames import Row, at, cohort
from tests.pipelines.generated_policy import POLICY

BEGAN = at("2026-01-05")


def intervened_on(*days: date | None) -> Policy:
    changes = tuple(Intervention(f"On {day}", "process", day) for day in days if day is not None)
    return replace(POLICY, interventions=changes)


def lasting(days: float, *, week: int = 0, **more: float) -> Row:
    """One that ended, of a source read forty weeks after the beginning."""
    return {
        "entered_at": BEGAN + timedelta(weeks=week),
        "followed_days": days,
        "snapshot_days": 280.0 - 7 * week,
        "end": 1,
        **more,
    }


def subjects(*rows: Row) -> pl.DataFrame:
    """These, and a last one that came shortly before the source was read."""
    return cohort(*rows, lasting(1.0, week=39))


def test_it_is_the_age_by_which_nine_of_ten_had_ended() -> None:
    found = subjects(*(lasting(day) for day in range(1, 10)))

    assert duration_horizon(found, intervened_on(None)) == 8
    assert verdict_horizon(found, intervened_on(None)) == 9


def test_what_entered_after_the_first_intervention_does_not_count() -> None:
    found = subjects(lasting(5.0), lasting(5.0, week=4), lasting(90.0, week=20))

    assert duration_horizon(found, intervened_on(None)) == 90
    assert duration_horizon(found, intervened_on(date(2026, 3, 2))) == 5


def test_the_first_intervention_begins_with_the_day_of_the_organisation() -> None:
    here = replace(intervened_on(date(2026, 3, 2)), hours=WorkingHours("America/New_York"))
    eve = {"entered_at": at("2026-03-02 04:59"), "followed_days": 8.0, "end": 1}
    day = {"entered_at": at("2026-03-02 05:00"), "followed_days": 9.0, "end": 1}

    assert duration_horizon(subjects(lasting(2.0), eve, day), here) == 8


def test_it_is_no_longer_than_half_the_window_of_those_that_count() -> None:
    found = subjects(lasting(80.0), lasting(80.0, week=4))

    assert duration_horizon(found, intervened_on(date(2026, 3, 2))) == 28
    assert verdict_horizon(found, intervened_on(date(2026, 3, 2))) == 80


def test_what_was_imported_at_once_is_followed_for_half_of_the_time_until_it_was_read() -> None:
    imported = cohort(lasting(30.0), lasting(160.0))

    assert duration_horizon(imported, intervened_on(None)) == 140


def test_the_window_begins_where_the_source_was_watched() -> None:
    old = {"entry_days": 700.0, "followed_days": 720.0, "snapshot_days": 980.0}
    found = subjects({"entered_at": BEGAN - timedelta(days=700), "end": 1, **old}, lasting(200.0))

    assert duration_horizon(found, intervened_on(None)) == 140


def test_attempts_that_hardly_ever_get_a_verdict_leave_mature_weeks_all_the_same() -> None:
    waiting: list[Row] = [
        {"entered_at": BEGAN, "followed_days": 280.0, "snapshot_days": 280.0, "end": 0},
        lasting(3.0),
    ]

    assert verdict_horizon(subjects(*waiting), intervened_on(None)) == 140


def test_a_change_with_too_little_before_it_to_be_judged_is_no_yardstick_for_the_next() -> None:
    found = subjects(lasting(2.0), lasting(30.0, week=5), lasting(60.0, week=20))
    at_once, later = date(2026, 1, 12), date(2026, 3, 16)

    assert duration_horizon(found, intervened_on(at_once)) == 60
    assert duration_horizon(found, intervened_on(at_once, later)) == 30


@pytest.mark.parametrize("early", [[], [lasting(5.5, entry_days=3.0)]], ids=["none", "not seen"])
def test_where_nobody_before_it_was_watched_from_the_beginning_all_of_them_count(
    early: list[Row],
) -> None:
    found = cohort(*early, lasting(5.0, week=8), lasting(6.0, week=40))

    assert duration_horizon(found, intervened_on(date(2026, 2, 2))) == 6


def test_where_nobody_was_at_all_there_is_none() -> None:
    found = cohort(lasting(9.0, entry_days=3.0))

    assert duration_horizon(found, intervened_on(date(2026, 2, 2))) is None
    assert verdict_horizon(found, intervened_on(None)) is None
