"""Estimates of a cohort, with and without dependence among those that entered together."""

from typing import Literal

import numpy as np
import polars as pl
import pytest
from scipy.stats import t

from pipelines.cohorts.cohort_estimates import blocked_estimate, estimate
from pipelines.cohorts.cohorts import Floats, Metric, Outcomes, horizon_of, within_follow_up
from pipelines.statistics.estimate import UNKNOWN, mean, share
from tests.pipelines.frames import at, cohort

OPEN, COUNTED, OTHER = 0, 1, 2
WITHIN_10_DAYS = Metric("rejection_rate", "share", 10)
KNOWN_AT_ONCE = Metric("on_time_rate", "outcome")
MEAN_OF_10_DAYS = Metric("lead_time_days", "mean", 10)


def subject(days: float, end: int) -> dict[str, object]:
    return {"followed_days": days, "end": end}


def test_a_metric_known_at_once_is_a_plain_share() -> None:
    subjects = cohort(subject(0, COUNTED), subject(0, COUNTED), subject(0, OTHER))

    assert estimate(Outcomes.of(subjects), KNOWN_AT_ONCE).value == pytest.approx(2 / 3)


def test_an_end_after_the_horizon_does_not_count() -> None:
    subjects = cohort(subject(4, COUNTED), subject(11, COUNTED))

    assert estimate(Outcomes.of(subjects), WITHIN_10_DAYS).value == 0.5


def test_undecided_attempts_of_the_last_days_do_not_bias_a_rate_low() -> None:
    # Verdicts come on day 5, half of them rejections. Counted among all, the eight attempts of the
    # last days would make a quarter of it.
    decided = [subject(5, COUNTED), subject(5, OTHER)] * 4
    subjects = cohort(*decided, *[subject(2, OPEN)] * 8)

    assert estimate(Outcomes.of(subjects), WITHIN_10_DAYS).value == pytest.approx(0.5)


def test_open_attempts_say_nothing_of_how_sure_a_rate_of_none_is() -> None:
    decided = [subject(5, OTHER)] * 4
    with_open = estimate(Outcomes.of(cohort(*decided, *[subject(2, OPEN)] * 96)), WITHIN_10_DAYS)

    assert with_open == estimate(Outcomes.of(cohort(*decided)), WITHIN_10_DAYS)


def test_any_end_ends_a_duration() -> None:
    subjects = cohort(subject(2, COUNTED), subject(4, OTHER))

    assert estimate(Outcomes.of(subjects), MEAN_OF_10_DAYS).value == pytest.approx(3)


def test_an_open_subject_is_as_old_as_it_was_seen_to_become() -> None:
    subjects = cohort(subject(2, COUNTED), subject(30, OPEN))

    assert estimate(Outcomes.of(subjects), MEAN_OF_10_DAYS).value == pytest.approx(6)


def test_an_empty_cohort_is_unknown() -> None:
    assert blocked_estimate(cohort(), WITHIN_10_DAYS) == UNKNOWN
    assert horizon_of(cohort(), 0.9) is None


def test_a_horizon_ends_where_the_follow_up_does() -> None:
    young = cohort(subject(3, COUNTED), subject(6, OPEN))

    assert within_follow_up(young, WITHIN_10_DAYS).horizon_days == 6


def test_what_was_not_watched_for_a_moment_has_no_horizon() -> None:
    new = cohort(subject(0, OPEN))

    assert horizon_of(new, 0.9) is None
    assert within_follow_up(new, MEAN_OF_10_DAYS).horizon_days is None
    assert blocked_estimate(new, within_follow_up(new, MEAN_OF_10_DAYS)) == UNKNOWN


def test_what_ended_at_once_has_a_horizon_of_nothing() -> None:
    assert horizon_of(cohort(subject(0, COUNTED)), 0.9) == 0


@pytest.mark.parametrize("longest", [subject(6, COUNTED), subject(12, OPEN)])
def test_a_horizon_that_was_reached_stays(longest: dict[str, object]) -> None:
    assert within_follow_up(cohort(subject(3, OPEN), longest), WITHIN_10_DAYS) == WITHIN_10_DAYS


def test_the_horizon_is_the_age_by_which_the_share_has_ended() -> None:
    assert horizon_of(cohort(*(subject(day, COUNTED) for day in range(1, 11))), 0.9) == 9


def test_the_horizon_is_the_largest_age_where_the_share_is_not_reached() -> None:
    assert horizon_of(cohort(subject(3, COUNTED), subject(8, OPEN), subject(2, OPEN)), 0.9) == 8


def test_a_horizon_that_nobody_could_be_followed_to_ends_with_the_snapshot() -> None:
    fast = {**subject(3, COUNTED), "snapshot_days": 7.0}
    younger = {**subject(1, OPEN), "snapshot_days": 1.0}

    assert within_follow_up(cohort(fast, younger), WITHIN_10_DAYS).horizon_days == 7
    assert within_follow_up(cohort({**fast, "snapshot_days": 30.0}, younger), WITHIN_10_DAYS) == (
        WITHIN_10_DAYS
    )


@pytest.mark.parametrize("kind", ["share", "mean"])
def test_a_metric_whose_horizon_was_not_found_is_unknown(kind: Literal["share", "mean"]) -> None:
    subjects = cohort(subject(1, COUNTED), subject(2, OTHER))
    metric = Metric("lead_time_days", kind, None)

    assert within_follow_up(subjects, metric) == metric
    assert estimate(Outcomes.of(subjects), metric) == UNKNOWN
    assert blocked_estimate(subjects, metric) == UNKNOWN


def test_two_ends_that_are_all_that_is_known_do_not_make_a_share_of_all_certain() -> None:
    # On day 3 half of those at risk, on day 4 the other half: their sum misses 1 by rounding.
    subjects = cohort(*[subject(day, COUNTED) for day in (2, 3, 4)], *[subject(2.5, OPEN)] * 200)
    found = estimate(Outcomes.of(subjects), WITHIN_10_DAYS)

    assert found == share(1.0, 0.0, 3)


# --- delayed entry -----------------------------------------------------------------


def watched(entry: float, days: float, end: int = COUNTED) -> dict[str, object]:
    return {"entry_days": float(entry), **subject(days, end)}


def ended(entries: Floats, lives: Floats) -> Outcomes:
    """Subjects that were followed to their end, the snapshot unknown."""
    return Outcomes(entries, lives, np.ones(len(lives), np.int64), np.full(len(lives), np.nan))


def test_who_was_there_before_the_watch_counts_from_its_age_at_that_time() -> None:
    subjects = cohort(subject(2, COUNTED), watched(4, 6), subject(10, COUNTED))

    # Two at risk on day 2, two on day 6 and one on day 10: half, a quarter, none are left.
    assert estimate(Outcomes.of(subjects), MEAN_OF_10_DAYS).value == pytest.approx(2 + 2 + 1)


def test_an_end_that_was_waited_for_from_a_later_age_counts_among_those_then_at_risk() -> None:
    subjects = cohort(subject(2, OTHER), watched(4, 6), subject(11, OTHER))

    assert estimate(Outcomes.of(subjects), WITHIN_10_DAYS).value == pytest.approx(1 / 2 * 1 / 2)


def test_where_nobody_was_watched_from_the_beginning_nothing_is_known() -> None:
    subjects = cohort(watched(4, 6), watched(1, 9))

    assert blocked_estimate(subjects, WITHIN_10_DAYS) == UNKNOWN
    assert blocked_estimate(subjects, MEAN_OF_10_DAYS) == UNKNOWN
    assert horizon_of(subjects, 0.9) is None


def test_nothing_is_known_beyond_an_age_at_which_nobody_was_watched() -> None:
    subjects = cohort(subject(1, COUNTED), subject(6, OPEN), watched(8, 20))

    assert within_follow_up(subjects, MEAN_OF_10_DAYS).horizon_days == 6
    assert horizon_of(subjects, 0.9) == 6


def test_one_who_comes_at_the_age_at_which_another_leaves_leaves_no_gap() -> None:
    subjects = cohort(subject(1, COUNTED), subject(6, OPEN), watched(6, 20))

    assert within_follow_up(subjects, MEAN_OF_10_DAYS) == MEAN_OF_10_DAYS


def test_a_mean_is_right_although_the_short_ones_of_old_times_were_never_seen() -> None:
    draws = np.random.default_rng(20260302)
    entered, lives = draws.uniform(-50, 50, 4000), draws.exponential(10, 4000)
    entries = np.maximum(0, -entered)
    seen = lives > entries
    outcomes = ended(entries[seen], lives[seen])

    within_40 = Metric("lead_time_days", "mean", 40)
    everybody = ended(np.zeros(4000), lives)
    assert estimate(everybody, within_40).value == pytest.approx(9.8, abs=0.3)
    assert estimate(outcomes, within_40).value == pytest.approx(9.8, abs=0.3)
    assert np.minimum(lives[seen], 40).mean() > 10.5


# --- dependence --------------------------------------------------------------------


def monthly(shares: list[float]) -> pl.DataFrame:
    """Twenty subjects in each month, this share of them with the end that counts."""
    return cohort(
        *(
            {
                "subject_id": f"{number:02}-{month:02}",
                "entered_at": at(f"2026-{month:02}-{number + 1:02}"),
                "end": COUNTED if number < round(20 * share) else OTHER,
            }
            for month, share in enumerate(shares, start=1)
            for number in range(20)
        )
    )


def width(found: tuple[float | None, float | None]) -> float:
    low, high = found
    assert low is not None
    assert high is not None
    return high - low


def test_months_that_differ_widen_the_interval() -> None:
    months = monthly([0.0, 1.0] * 6)
    dependent = blocked_estimate(months, KNOWN_AT_ONCE)
    independent = estimate(Outcomes.of(months), KNOWN_AT_ONCE)

    assert dependent.value == independent.value == 0.5
    assert width((dependent.low, dependent.high)) > 1.5 * width((independent.low, independent.high))


def test_the_interval_is_never_shorter_than_that_of_independent_subjects() -> None:
    # Every block of two has the same mean: by itself the jackknife would see no variance.
    evened_out = cohort(*(subject(day, COUNTED) for day in [1, 9] * 20))

    assert blocked_estimate(evened_out, MEAN_OF_10_DAYS) == (
        estimate(Outcomes.of(evened_out), MEAN_OF_10_DAYS)
    )


def test_the_jackknife_over_one_subject_per_block_gives_the_variance_of_a_mean() -> None:
    days = [1.0, 9.0] * 10
    subjects = cohort(*(subject(day, COUNTED) for day in days))
    found = blocked_estimate(subjects, MEAN_OF_10_DAYS)

    # The variance of the twenty durations, 4 squared, by n - 1, and t with 19 degrees of freedom.
    assert found.high == pytest.approx(5 + t.ppf(0.975, 19) * (16 / 19) ** 0.5)


def test_the_order_of_the_rows_does_not_matter() -> None:
    months = monthly([0.1, 0.6, 0.3])

    assert blocked_estimate(months.sample(fraction=1, shuffle=True, seed=7), KNOWN_AT_ONCE) == (
        blocked_estimate(months, KNOWN_AT_ONCE)
    )


def test_fewer_subjects_than_blocks_are_taken_as_independent() -> None:
    few = cohort(*[subject(0, COUNTED)] * 10, *[subject(0, OTHER)] * 9)

    assert blocked_estimate(few, KNOWN_AT_ONCE) == estimate(Outcomes.of(few), KNOWN_AT_ONCE)


# --- several subjects of one item --------------------------------------------------


def of_items(*days: tuple[float, ...]) -> pl.DataFrame:
    """The stays of each item, so far from one another that they share no time."""
    return cohort(
        *(
            {"item_id": str(number), "entered_at": at(f"2026-{again + 1:02}-01"), **subject(day, 1)}
            for number, stays in enumerate(days)
            for again, day in enumerate(stays)
        )
    )


def test_repeated_stays_of_an_item_say_no_more_than_one_of_them() -> None:
    alone = [(1.0,), (9.0,), (2.0,), (8.0,), (5.0,), (4.0,)] * 2
    once = blocked_estimate(of_items(*alone), MEAN_OF_10_DAYS)
    again = blocked_estimate(of_items(*(3 * stays for stays in alone)), MEAN_OF_10_DAYS)

    assert again.value == pytest.approx(once.value)
    assert (again.low, again.high) == pytest.approx((once.low, once.high))


def test_the_share_of_all_stays_of_a_few_items_is_known_of_as_many_items() -> None:
    attempts = of_items(*[(0.0, 0.0, 0.0, 0.0)] * 5)

    assert blocked_estimate(attempts, KNOWN_AT_ONCE) == share(1.0, 0.0, 5)


def test_items_that_are_all_alike_add_nothing() -> None:
    alike = of_items(*[(1.0, 9.0)] * 10)
    found = blocked_estimate(alike, MEAN_OF_10_DAYS)

    independent = mean(5.0, 16 / 19, horizon=10, observations=10)
    assert (found.low, found.high) == pytest.approx((independent.low, independent.high))
