"""Open work, how old it is, and how long such stays last."""

from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.flow.aging_work import AGING_WORK, aging_work, remaining_days
from pipelines.statistics.kaplan_meier import kaplan_meier
from tests.pipelines.frames import INSTANT, Row, at, frame

_BEGAN = at("2026-03-02")
_STAY = {
    "kind": "ticket",
    "team": "PAY",
    "item_type": "Story",
    "stage": "Build",
    "stage_kind": "active",
    "entered_at": _BEGAN,
    "is_open": False,
}
_ITEM = {"is_subtask": False, "born_at": _BEGAN - timedelta(days=5)}


def aging(*stays: Row, before: datetime | None = None) -> pl.DataFrame:
    """Each stay is of an item of its own, which is over where the stay is."""
    rows = [
        {"item_id": f"{number:02}", **_ITEM, **_STAY, **stay} for number, stay in enumerate(stays)
    ]
    lived = [
        {
            "visit_number": 1,
            "until": row["entered_at"] + timedelta(days=row["days"]),
            "is_done": not row["is_open"],
            "is_dropped": False,
            **row,
        }
        for row in rows
    ]
    visits = frame(
        *lived,
        **dict.fromkeys(("item_id", "kind", "team", "item_type", "stage", "stage_kind"), pl.String),
        visit_number=pl.Int32,
        **dict.fromkeys(("entered_at", "until", "watched_from"), INSTANT),
        is_open=pl.Boolean,
    )
    flags = dict.fromkeys(("is_subtask", "is_done", "is_dropped"), pl.Boolean)
    items = frame(*lived, item_id=pl.String, born_at=INSTANT, **flags)
    return aging_work(visits, items, before=before)


def over(*days: float, **more: object) -> list[Row]:
    return [{"days": day, **more} for day in days]


def standing(days: float, **more: object) -> Row:
    return {"days": days, "is_open": True, **more}


def test_every_open_item_has_a_row_with_the_age_of_its_stay_and_its_own() -> None:
    found = aging(*over(1), standing(3, item_id="b"), standing(2.5, item_id="a"))

    assert found.schema == AGING_WORK
    assert found.select("item_id", "stage", "age_days", "item_age_days").rows() == [
        ("a", "Build", 2.5, 7.5),
        ("b", "Build", 3.0, 8.0),
    ]


def test_what_is_done_or_dropped_is_not_open_although_its_last_stay_is() -> None:
    dropped = standing(3, stage_kind="dropped", is_done=False, is_dropped=True)

    assert aging(standing(3, stage_kind="done", is_done=True), dropped).is_empty()


def test_a_stay_is_overdue_once_it_has_lasted_longer_than_most_in_its_stage() -> None:
    past, at_the_limit = (aging(*over(*range(1, 21)), standing(days)) for days in (30, 18))

    # Of twenty-one stays three are left after eighteen days: a seventh.
    assert past.select("p85_days", "is_overdue").rows() == [(18, True)]
    assert at_the_limit.select("p85_days", "is_overdue").rows() == [(18, False)]


def test_where_so_many_are_still_there_that_the_curve_does_not_come_down_nothing_is_overdue() -> (
    None
):
    found = aging(*over(1), standing(2), standing(50))

    assert found.select("p85_days", "is_overdue").rows() == [(None, None)] * 2


def test_what_remains_is_the_mean_of_those_that_got_as_old() -> None:
    # Of stays that lasted 2, 6 and 10 days, those that lasted 4 had 2 or 6 to go.
    found = aging(*over(2, 6, 10), standing(4))

    assert found["expected_remaining_days"].to_list() == [pytest.approx(4.0)]


def test_beyond_the_longest_stay_that_was_seen_nothing_is_known_of_what_remains() -> None:
    assert aging(*over(2, 6), standing(9))["expected_remaining_days"].to_list() == [None]


def test_a_stage_is_measured_by_its_own_stays() -> None:
    found = aging(*over(5), *over(50, stage="Review"), standing(1), standing(1, stage="Review"))

    assert found.sort("stage")["p85_days"].to_list() == [5, 50]


def test_the_curve_is_that_of_stays_that_began_before_the_first_intervention() -> None:
    later = over(*[1] * 15, entered_at=at("2026-03-20"))
    stays = [*over(8), *later, standing(2, entered_at=at("2026-03-25"))]

    assert aging(*stays)["p85_days"].to_list() == [1]
    assert aging(*stays, before=at("2026-03-20"))["p85_days"].to_list() == [8]
    assert aging(*stays, before=at("2026-03-02"))["p85_days"].to_list() == [None]


def test_sub_tasks_are_listed_and_measured_by_whole_items() -> None:
    parts = over(90, 90, 90, is_subtask=True)
    found = aging(*over(5), *parts, standing(7, is_subtask=True))

    assert found.select("p85_days", "is_overdue").rows() == [(5, True)]


def test_a_stay_of_which_the_beginning_was_not_watched_counts_at_its_later_ages_only() -> None:
    quick = over(*[2] * 9, 10)
    old = over(*[9] * 9, watched_from=_BEGAN + timedelta(days=6))

    assert aging(*quick, *old, standing(1))["p85_days"].to_list() == [2]
    assert aging(*quick, *over(*[9] * 9), standing(1))["p85_days"].to_list() == [9]


@given(
    st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=30),
    st.lists(st.integers(0, 14), min_size=1, max_size=10),
)
def test_what_remains_at_many_ages_is_what_remains_at_each(
    stays: list[tuple[int, bool]], ages: list[int]
) -> None:
    days, ended = (np.array(column) for column in zip(*stays, strict=True))
    curve = kaplan_meier(days.astype(np.float64), ended)

    for age, found in zip(ages, remaining_days(curve, np.array(ages, np.float64)), strict=True):
        left = curve.at(age)[0] if age < curve.largest_age else 0.0
        beyond = curve.restricted_mean(curve.largest_age)[0] - curve.restricted_mean(age)[0]
        assert found == pytest.approx(beyond / left if left else np.nan, nan_ok=True)


def test_nothing_open_makes_no_rows() -> None:
    assert aging().is_empty()
