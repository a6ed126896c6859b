"""Survival curves by hand, on a few subjects."""

import numpy as np
import pytest

from pipelines.statistics.kaplan_meier import Survival, kaplan_meier


def curve(exits: list[float], events: list[int], entries: list[float] | None = None) -> Survival:
    """The curve of a few subjects written down as lists."""
    return kaplan_meier(
        np.array(exits, dtype=np.float64),
        np.array(events) == 1,
        np.array(entries, dtype=np.float64) if entries is not None else None,
    )


def test_each_end_takes_its_share_of_those_at_risk() -> None:
    found = curve([1, 2, 2, 3, 5], [1, 1, 0, 1, 0])

    assert found.ages.tolist() == [1, 2, 3]
    assert found.at_risk.tolist() == [5, 4, 2]
    assert found.survival.tolist() == pytest.approx([4 / 5, 3 / 5, 3 / 10])


def test_who_is_censored_at_the_age_of_an_end_was_at_risk_of_it() -> None:
    assert curve([2, 2], [1, 0]).survival.tolist() == [0.5]


def test_nobody_is_at_risk_before_being_watched() -> None:
    found = curve([2, 3, 5], [1, 1, 1], entries=[0, 2, 0])

    assert found.at_risk.tolist() == [2, 2, 1]
    assert found.survival.tolist() == pytest.approx([1 / 2, 1 / 4, 0])


def test_who_ended_before_being_watched_is_left_out() -> None:
    assert curve([2, 3], [1, 1], entries=[2, 0]).ages.tolist() == [3]


def test_an_end_at_age_zero_counts_for_those_watched_from_the_beginning() -> None:
    assert curve([0, 4], [1, 0], entries=[0, 0]).survival.tolist() == [0.5]
    assert curve([0, 4], [1, 0]).survival.tolist() == [0.5]


def test_who_enters_at_the_age_of_an_end_was_not_at_risk_of_it() -> None:
    found = curve([2, 2, 5], [1, 0, 1], entries=[0, 1, 2])

    assert found.at_risk.tolist() == [2, 1]
    assert found.survival.tolist() == [0.5, 0]


def test_once_all_at_risk_have_ended_the_curve_stays_at_zero_whoever_enters_later() -> None:
    found = curve([1, 4, 6, 8], [1, 1, 1, 0], entries=[0, 2, 2, 2])

    assert found.at_risk.tolist() == [1, 3, 2]
    assert found.survival.tolist() == [0, 0, 0]
    assert found.variance.tolist() == [0, 0, 0]
    assert found.restricted_mean(5) == (1.0, 0.0)


def test_between_two_ends_the_curve_is_level() -> None:
    found = curve([1, 3, 3, 4], [1, 1, 0, 0])

    assert [found.at(age)[0] for age in (0.9, 1, 2.9, 3, 9)] == pytest.approx(
        [1, 3 / 4, 3 / 4, 1 / 2, 1 / 2]
    )


def test_the_variance_of_the_curve_is_greenwoods() -> None:
    found = curve([1, 2, 2, 5], [1, 1, 0, 0])

    assert found.at(0.5) == (1.0, 0.0)
    assert found.at(1)[1] == pytest.approx((3 / 4) ** 2 * (1 / (4 * 3)))
    assert found.at(2)[1] == pytest.approx((1 / 2) ** 2 * (1 / (4 * 3) + 1 / (3 * 2)))


def test_an_end_at_age_zero_leaves_nothing_to_those_it_came_to() -> None:
    found = curve([0, 4], [1, 1])

    assert found.restricted_mean(4)[0] == 2


def test_a_quantile_is_the_first_age_at_which_the_share_has_ended() -> None:
    found = curve([1, 2, 3, 4], [1, 1, 1, 1])

    assert [found.quantile(share) for share in (0.25, 0.5, 0.51, 1.0)] == [1, 2, 3, 4]


def test_a_quantile_that_the_curve_does_not_reach_is_unknown() -> None:
    assert curve([1, 2, 3, 4], [1, 0, 0, 0]).quantile(0.5) is None


def test_a_share_of_thirds_is_reached_in_spite_of_rounding() -> None:
    assert curve([1, 2, 3], [1, 1, 1]).quantile(2 / 3) == 2


def test_the_restricted_mean_is_the_area_under_the_curve() -> None:
    # 1 until day 1, 2/3 until day 2, 1/3 until the horizon at day 4.
    value, variance = curve([1, 2, 9], [1, 1, 0]).restricted_mean(4)

    assert value == pytest.approx(1 + 2 / 3 + 2 / 3)
    # What is left after each end, squared, by d / (Y (Y - d)).
    assert variance == pytest.approx((4 / 3) ** 2 / (3 * 2) + (2 / 3) ** 2 / (2 * 1))


def test_an_end_at_the_horizon_takes_nothing_from_the_restricted_mean() -> None:
    assert curve([4, 9], [1, 0]).restricted_mean(4) == (4.0, 0.0)


def test_without_ends_the_restricted_mean_is_the_horizon() -> None:
    assert curve([5, 6], [0, 0]).restricted_mean(3) == (3.0, 0.0)


def test_open_subjects_lengthen_the_mean_that_those_ended_would_give() -> None:
    ended_only, _ = curve([1, 2], [1, 1]).restricted_mean(10)
    with_open, _ = curve([1, 2, 10, 10], [1, 1, 0, 0]).restricted_mean(10)

    assert ended_only == pytest.approx(1.5)
    assert with_open == pytest.approx(5.75)


def test_no_subjects_make_an_empty_curve() -> None:
    found = curve([], [])

    assert found.ages.tolist() == []
    assert found.quantile(0.5) is None
