"""How long subjects are followed, read off the time before the first intervention."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from pipelines.policy import Intervention, Policy
from roadworthy.stages.horizons import duration_horizon, verdict_horizon
from tests.pipelines.frames import Row, at, cohort
from tests.pipelines.generated_policy import POLICY

BEGAN = at("2026-01-05")


def intervened_on(day: date | None) -> Policy:
    changes = () if day is None else (Intervention("A change", "process", day),)
    return replace(POLICY, interventions=changes)


def lasting(days: float, *, week: int = 0, **more: float) -> Row:
    return {"entered_at": BEGAN + timedelta(weeks=week), "followed_days": days, "end": 1, **more}


def subjects(*rows: Row) -> pl.DataFrame:
    """These, and a last one that makes the window forty weeks long."""
    return cohort(*rows, lasting(1.0, week=40))


def test_it_is_the_age_by_which_nine_of_ten_had_ended() -> None:
    found = subjects(*(lasting(day) for day in range(1, 10)))

    assert duration_horizon(found, intervened_on(None)) == 8
    assert verdict_horizon(found, intervened_on(None)) == 9


def test_what_entered_after_the_first_intervention_does_not_count() -> None:
    found = subjects(lasting(5.0), lasting(5.0, week=4), lasting(90.0, week=20))

    assert duration_horizon(found, intervened_on(None)) == 90
    assert duration_horizon(found, intervened_on(date(2026, 3, 2))) == 5


def test_it_is_no_longer_than_half_the_window_of_those_that_count() -> None:
    found = subjects(lasting(80.0), lasting(80.0, week=4))

    assert duration_horizon(found, intervened_on(date(2026, 3, 2))) == 14
    assert verdict_horizon(found, intervened_on(date(2026, 3, 2))) == 80


def test_verdicts_that_hardly_ever_come_are_waited_for_no_longer_than_half_the_window() -> None:
    waiting = [lasting(500.0, end=0) for _ in range(5)]
    found = subjects(lasting(3.0), *waiting)

    assert verdict_horizon(found, intervened_on(None)) == 140


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
