"""Metrics by the week of entry, and over the whole window."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from pipelines.cohorts.cohorts import Metric
from pipelines.cohorts.scopes import Scopes
from pipelines.cohorts.weekly_metrics import metric_summaries, quantile_summaries, weekly_metrics
from tests.pipelines.frames import NO_GROUPS, Row, at, cohort

OPEN, DONE, DROPPED = 0, 1, 2
REJECTIONS = Metric("rejection_rate", "share", 5)
LEAD_TIME = Metric("lead_time_days", "mean", 10)


def weeks(
    *subjects: Row, metric: Metric = REJECTIONS, zone: str = "UTC", scopes: Scopes = NO_GROUPS
) -> pl.DataFrame:
    return weekly_metrics((metric, cohort(*subjects)), scopes, zone=zone)


def entered(day: str, days: float = 5, end: int = DONE, **more: str) -> Row:
    return {"entered_at": at(day), "followed_days": float(days), "end": end, **more}


def lead(days: float, end: int = DONE) -> Row:
    return {"followed_days": float(days), "end": end}


def quantiles(*subjects: Row) -> dict[str, float | None]:
    found = quantile_summaries(cohort(*subjects), "lead_time_days", NO_GROUPS)
    return dict(found.select("metric", "estimate").iter_rows())


# --- weeks -------------------------------------------------------------------------


def test_a_subject_counts_in_the_week_in_which_it_entered() -> None:
    found = weeks(entered("2026-03-02", 60), entered("2026-03-08 23:59"), entered("2026-03-09"))

    assert found.select("week_on", "items").rows() == [(date(2026, 3, 2), 2), (date(2026, 3, 9), 1)]


def test_a_week_begins_on_monday_in_the_zone_of_the_organisation() -> None:
    sunday_evening_in_london = entered("2026-03-08 20:00")

    found = weeks(sunday_evening_in_london, zone="Asia/Tokyo")
    assert found["week_on"].to_list() == [date(2026, 3, 9)]


def test_a_week_with_a_subject_still_to_be_watched_has_no_estimate() -> None:
    found = weeks(entered("2026-03-02", 3), entered("2026-03-02", 4.9, OPEN))

    assert found.select("estimate", "low", "high", "items", "open_items", "is_mature").rows() == [
        (None, None, None, 2, 1, False)
    ]


def test_a_subject_open_beyond_the_horizon_is_known() -> None:
    found = weeks(entered("2026-03-02", 3), entered("2026-03-02", 5, OPEN))

    assert found.select("estimate", "open_items", "is_mature").rows() == [(0.5, 1, True)]


def test_a_week_too_young_for_the_horizon_has_no_estimate_though_all_of_it_has_ended() -> None:
    fast = {**entered("2026-03-02", 1), "snapshot_days": 4.9}

    assert weeks(fast).select("estimate", "is_mature").rows() == [(None, False)]
    assert weeks({**fast, "snapshot_days": 5.0}).select("estimate", "is_mature").rows() == [
        (1.0, True)
    ]


def test_who_stopped_being_watched_early_is_censored_in_a_week_that_could_be_followed() -> None:
    old = {"snapshot_days": 60.0}
    taken_away = {**entered("2026-03-02", 2, OPEN), **old}
    found = weeks(taken_away, {**entered("2026-03-02", 3), **old})

    assert found.select("estimate", "open_items", "is_mature").rows() == [(1.0, 1, True)]
    assert not weeks(taken_away)["is_mature"][0]


def test_young_weeks_are_not_shown_because_they_are_fast() -> None:
    random = np.random.default_rng(20261126)
    age, life = random.uniform(0, 200, 3000), random.exponential(20, 3000)
    subjects = [
        {
            "entered_at": at("2026-07-20") - timedelta(days=days),
            **lead(min(days, lasts), int(lasts <= days)),
            "snapshot_days": days,
        }
        for days, lasts in zip(age, life, strict=True)
    ]
    shown = weeks(*subjects, metric=Metric("lead_time_days", "mean", 40.0)).filter("is_mature")

    assert shown["week_on"].to_list()[-1] == date(2026, 6, 1)
    assert shown["estimate"].mean() == pytest.approx(20 * (1 - np.exp(-2)), abs=0.7)


def test_a_metric_without_the_horizon_it_needs_has_no_mature_week() -> None:
    found = weeks(entered("2026-03-02"), metric=Metric("lead_time_days", "mean"))

    assert found.select("estimate", "is_mature", "horizon_days").rows() == [(None, False, None)]


def test_a_week_is_estimated_from_its_own_subjects_only() -> None:
    found = weeks(
        entered("2026-03-02"),
        entered("2026-03-09", end=DROPPED),
        entered("2026-03-16"),
        entered("2026-03-16", end=DROPPED),
    )

    assert found["estimate"].to_list() == [1.0, 0.0, 0.5]


def test_a_duration_is_a_mean_within_the_horizon() -> None:
    found = weeks(entered("2026-03-02", 2), entered("2026-03-02", 50), metric=LEAD_TIME)

    assert found["estimate"].to_list() == [6.0]


def test_a_metric_known_at_once_is_mature_at_once() -> None:
    found = weeks(entered("2026-03-02", 0), metric=Metric("on_time_rate", "outcome"))

    assert found.select("estimate", "is_mature", "horizon_days").rows() == [(1.0, True, None)]


def test_teams_and_types_that_may_be_shown_have_weeks_of_their_own() -> None:
    found = weeks(
        entered("2026-03-02", team="PAY", item_type="Bug"),
        entered("2026-03-02", team="WEB", item_type="Bug"),
        scopes=Scopes(("PAY",), ("Bug",), ("team:WEB",)),
    )

    assert found.select("scope", "items").rows() == [
        ("organisation", 2),
        ("team:PAY", 1),
        ("item_type:Bug", 2),
    ]


def test_a_week_with_a_subject_that_was_not_watched_from_its_beginning_has_no_estimate() -> None:
    late = {"entry_days": 2.0, **entered("2026-03-02")}
    found = weeks(late, entered("2026-03-02"), entered("2026-03-09"))

    assert found.select("estimate", "items", "is_mature").rows() == [
        (None, 2, False),
        (1.0, 1, True),
    ]


def test_releases_have_no_weeks() -> None:
    found = weeks(entered("2026-03-02", release="R1"), scopes=Scopes((), (), (), releases=("R1",)))

    assert found["scope"].to_list() == ["organisation"]


def test_no_subjects_make_no_weeks() -> None:
    assert weeks().is_empty()


# --- the whole window --------------------------------------------------------------


def test_the_weeks_of_a_metric_hold_the_subjects_of_its_summary() -> None:
    subjects = cohort(*(entered(f"2026-03-{day:02}") for day in range(1, 30)))

    [total] = metric_summaries((REJECTIONS, subjects), NO_GROUPS)["items"]
    parts = weekly_metrics((REJECTIONS, subjects), NO_GROUPS, zone="UTC")["items"]
    assert (total, len(parts), parts.sum()) == (29, 5, 29)


def test_the_last_weeks_do_not_bias_the_rate_of_the_window_low() -> None:
    decided = [entered("2026-03-02", 4), entered("2026-03-02", 4, DROPPED)] * 5
    subjects = cohort(*decided, *[entered("2026-03-20", 1, OPEN)] * 10)

    [found] = metric_summaries((REJECTIONS, subjects), NO_GROUPS)["estimate"]
    assert found == pytest.approx(0.5)


def test_a_window_shorter_than_the_horizon_is_given_with_what_was_seen_of_it() -> None:
    subjects = cohort(lead(2), lead(4, OPEN))

    found = metric_summaries((LEAD_TIME, subjects), NO_GROUPS)
    assert found.select("estimate", "horizon_days").rows() == [(3.0, 4.0)]


def test_a_release_that_may_be_shown_has_a_summary_and_a_median() -> None:
    subjects = cohort(lead(2), {**lead(4), "release": "R1"}, {**lead(6), "release": "R2"})
    shown = Scopes((), (), ("release:R2",), releases=("R1",))

    for found in (
        metric_summaries((LEAD_TIME, subjects), shown),
        quantile_summaries(subjects, "lead_time_days", shown).unique("scope", maintain_order=True),
    ):
        assert found.sort("scope").select("scope", "estimate", "items").rows() == [
            ("organisation", 4.0, 3),
            ("release:R1", 4.0, 1),
        ]


def test_a_summary_takes_who_was_there_before_the_watch_from_its_age_at_that_time() -> None:
    subjects = cohort(lead(2), {"entry_days": 4.0, **lead(6)}, lead(10))

    [found] = metric_summaries((LEAD_TIME, subjects), NO_GROUPS)["estimate"]
    assert found == pytest.approx(5)


# --- quantiles ---------------------------------------------------------------------


def test_the_median_is_the_age_by_which_half_are_done() -> None:
    assert quantiles(*(lead(day) for day in range(1, 21))) == {
        "lead_time_days_p50": 10,
        "lead_time_days_p85": 17,
    }


def test_an_open_item_may_still_be_done() -> None:
    # Of two thirds left after day 1, the two that are still watched take equal parts.
    assert quantiles(lead(1), lead(2, OPEN), lead(3), lead(4))["lead_time_days_p50"] == 3


def test_a_dropped_item_is_no_completion() -> None:
    # Counted as one, it would make the median 1.
    assert quantiles(lead(1, DROPPED), lead(2), lead(3))["lead_time_days_p50"] == 3


def test_a_dropped_item_is_not_taken_out_either() -> None:
    # Taken as censored, the two would leave the median at 5: half of those that are left.
    found = quantiles(lead(1, DROPPED), lead(1, DROPPED), *(lead(day) for day in range(3, 9)))

    assert found["lead_time_days_p50"] == 6


def test_where_so_many_are_dropped_that_half_are_never_done_there_is_no_median() -> None:
    assert quantiles(lead(1), lead(2, DROPPED), lead(3, DROPPED)) == {
        "lead_time_days_p50": None,
        "lead_time_days_p85": None,
    }


def test_a_median_has_an_interval_around_it() -> None:
    found = quantile_summaries(
        cohort(*(lead(day) for day in range(1, 41))), "lead_time_days", NO_GROUPS
    )

    assert found.select("estimate", "low", "high").row(0) == (20, 14, 26)


def test_a_median_counts_who_was_there_before_the_watch_only_at_its_later_ages() -> None:
    old = [{"entry_days": 6.0, **lead(7)}] * 3

    # On day 2 a third is over; of the two thirds left five are then watched: two fifths on day 7.
    assert quantiles(lead(2), lead(9), lead(9), *old)["lead_time_days_p50"] == 7
    assert quantiles(lead(2), lead(9), lead(9))["lead_time_days_p50"] == 9


def test_where_nobody_was_watched_from_the_beginning_there_is_no_median() -> None:
    assert quantiles({"entry_days": 1.0, **lead(7)})["lead_time_days_p50"] is None
