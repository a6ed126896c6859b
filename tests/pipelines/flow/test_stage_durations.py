"""How long work stays in each stage, stays not over yet included."""

from datetime import timedelta

import polars as pl
import pytest

from pipelines.cohorts.scopes import Scopes
from pipelines.flow.stage_durations import stage_durations
from tests.pipelines.frames import INSTANT, NO_GROUPS, Row, at, frame

_ENTERED = at("2026-03-02")


def visits(*stays: Row) -> pl.DataFrame:
    usual = {
        "kind": "ticket",
        "team": "PAY",
        "item_type": "Story",
        "stage": "Build",
        "stage_kind": "active",
        "owner_role": "engineering",
        "stage_rank": 3,
        "is_open": False,
        "is_repeat": False,
    }
    return frame(
        *(
            {
                "item_id": str(number),
                "visit_number": 1,
                "entered_at": _ENTERED,
                "until": _ENTERED + timedelta(days=stay["days"]),
                **usual,
                **stay,
            }
            for number, stay in enumerate(stays)
        ),
        **dict.fromkeys(("item_id", "kind", "team", "item_type", "stage"), pl.String),
        **dict.fromkeys(("stage_kind", "owner_role"), pl.String),
        **dict.fromkeys(("visit_number", "stage_rank"), pl.Int32),
        **dict.fromkeys(("entered_at", "until", "watched_from"), INSTANT),
        **dict.fromkeys(("is_open", "is_repeat"), pl.Boolean),
    )


def durations(*stays: Row, scopes: Scopes = NO_GROUPS, horizon: float = 20.0) -> pl.DataFrame:
    return stage_durations(visits(*stays), scopes, horizons={"Build": horizon})


def test_half_of_the_stays_are_over_by_the_median() -> None:
    found = durations(*({"days": day} for day in range(1, 21)))

    assert found.select("p50_days", "p85_days").rows() == [(10, 17)]


def test_a_stay_that_is_not_over_is_not_left_out() -> None:
    over = [{"days": 1}, {"days": 2}]
    still_there = {"days": 9, "is_open": True}

    assert durations(*over)["mean_days"].to_list() == [pytest.approx(1.5)]
    assert durations(*over, still_there)["mean_days"].to_list() == [pytest.approx(4)]


def test_where_most_stays_are_not_over_there_is_no_median() -> None:
    found = durations({"days": 1}, {"days": 5, "is_open": True}, {"days": 5, "is_open": True})

    assert found["p50_days"].to_list() == [None]


def test_stays_items_returns_and_days_are_counted() -> None:
    found = durations(
        {"days": 1, "item_id": "a"},
        {"days": 2, "item_id": "a", "visit_number": 3, "is_repeat": True},
        {"days": 4, "item_id": "b", "is_open": True},
    )

    counts = found.select("visits", "items", "repeat_visits", "open_visits", "total_days")
    assert counts.rows() == [(3, 2, 1, 1, 7.0)]


def test_work_that_is_done_or_dropped_waits_for_nothing() -> None:
    assert durations(
        {"days": 1, "stage_kind": "done"}, {"days": 1, "stage_kind": "dropped"}
    ).is_empty()


def test_a_status_mapped_to_no_stage_stands_last() -> None:
    nowhere = {"stage": "Limbo", "stage_kind": None, "owner_role": None, "stage_rank": None}
    found = durations(
        {"days": 1, **nowhere}, {"days": 1}, {"days": 1, "stage": "Review", "stage_rank": 4}
    )

    assert found["stage"].to_list() == ["Build", "Review", "Limbo"]


def test_a_team_that_may_be_shown_has_rows_of_its_own() -> None:
    found = durations(
        {"days": 1}, {"days": 3, "team": "WEB"}, scopes=Scopes(("PAY",), (), ("team:WEB",))
    )

    assert found.select("scope", "visits").rows() == [("organisation", 2), ("team:PAY", 1)]


def test_the_mean_of_a_single_stay_is_not_certain() -> None:
    found = durations({"days": 4}, horizon=4)
    [(low, mean, high)] = found.select("mean_low", "mean_days", "mean_high").rows()

    assert mean == 4
    assert low < 1
    assert high == 4


def test_no_visits_make_no_rows() -> None:
    assert durations().is_empty()


# --- first and repeated stays ------------------------------------------------------


def test_a_stay_that_is_rework_is_told_apart_from_a_first_one() -> None:
    found = durations(
        *({"days": day} for day in (2, 4)),
        *({"days": day, "visit_number": 3, "is_repeat": True} for day in (1, 1, 1)),
    )

    first = found.select("first_p50_days", "first_p85_days", "first_mean_days")
    again = found.select("repeat_p50_days", "repeat_p85_days", "repeat_mean_days")
    assert (first.rows(), again.rows()) == ([(2, 4, 3)], [(1, 1, 1)])
    assert found.select("p50_days", "mean_days").rows() == [(1, pytest.approx(9 / 5))]


def test_where_nothing_came_back_repeats_are_unknown() -> None:
    found = durations({"days": 2})

    assert found.select("repeat_visits", "repeat_p50_days", "repeat_mean_days").rows() == [
        (0, None, None)
    ]


def test_repeats_that_were_not_followed_to_the_horizon_have_no_mean_within_it() -> None:
    again = {"visit_number": 3, "is_repeat": True}
    found = durations(
        {"days": 4}, {"days": 1, **again}, {"days": 2, "is_open": True, **again}, horizon=4
    )

    [(horizon, first, repeat)] = found.select(
        "horizon_days", "first_mean_days", "repeat_mean_days"
    ).rows()
    assert (horizon, first, repeat) == (4, 4, None)


# --- stays that are none, or were not seen -----------------------------------------


def test_a_pull_request_opened_for_review_was_no_draft_for_no_time() -> None:
    opened = {"days": 0, "kind": "pull_request", "stage": "Draft"}

    assert durations(opened).is_empty()
    assert durations({**opened, "is_open": True})["visits"].to_list() == [1]
    assert durations({**opened, "kind": "ticket"})["visits"].to_list() == [1]
    assert durations({**opened, "visit_number": 3})["visits"].to_list() == [1]


def test_what_was_left_before_its_source_was_watched_counts_nowhere() -> None:
    watch = {"watched_from": _ENTERED + timedelta(days=4)}
    found = durations({"days": 3, **watch}, {"days": 4, **watch}, {"days": 9, **watch}, {"days": 7})

    # The stay of nine days is at risk from its fourth day on.
    assert found.select("visits", "total_days", "p50_days").rows() == [(2, 16.0, 7)]


def test_a_stage_that_nobody_was_seen_to_enter_has_stays_and_no_estimate() -> None:
    found = durations({"days": 9, "watched_from": _ENTERED + timedelta(days=4)})

    assert found.select("visits", "p50_days", "mean_days").rows() == [(1, None, None)]


def test_a_stage_without_a_horizon_has_no_mean() -> None:
    found = stage_durations(visits({"days": 3}), NO_GROUPS, horizons={})

    assert found.select("p50_days", "mean_days", "horizon_days").rows() == [(3, None, None)]
