"""Intervals: what they are on simple figures, and how often they hold the truth."""

import numpy as np
import pytest
from scipy.stats import binomtest, ttest_1samp

from pipelines.statistics.aalen_johansen import aalen_johansen
from pipelines.statistics.estimate import UNKNOWN, Estimate, mean, share, unbiased
from pipelines.statistics.kaplan_meier import kaplan_meier

REPLICATIONS = 400


@pytest.mark.parametrize(("successes", "observations"), [(0, 10), (3, 12), (50, 80), (7, 7)])
def test_of_a_plain_share_the_interval_is_wilsons(successes: int, observations: int) -> None:
    value = successes / observations
    other = binomtest(successes, observations).proportion_ci(method="wilson")

    found = share(value, value * (1 - value) / observations, observations)
    assert (found.low, found.high) == pytest.approx((other.low, other.high), abs=1e-9)


def test_a_variance_above_that_of_a_plain_share_makes_it_worth_fewer_observations() -> None:
    # Four times the variance of 100 observations is that of 25.
    found = share(0.5, 4 * 0.25 / 100, 100)
    other = share(0.5, 0.0, 25)

    assert (found.low, found.high) == pytest.approx((other.low, other.high))


def test_a_variance_below_that_of_a_plain_share_makes_it_worth_no_more() -> None:
    assert share(0.5, 0.0001, 10) == share(0.5, 0.0, 10)


def test_a_share_without_observations_is_unknown() -> None:
    assert share(0.0, 0.0, 0) == UNKNOWN


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_a_share_of_none_or_all_lies_at_one_end_of_an_interval_with_width(value: float) -> None:
    found = share(value, 0.0, 20)

    assert found.low is not None
    assert found.high is not None
    assert value in (found.low, found.high)
    assert found.high - found.low > 0.1


def test_the_interval_of_a_mean_is_that_of_a_t_test() -> None:
    days = np.array([4.0, 7, 8, 10, 11, 13, 14, 14, 15, 16, 19, 22])
    other = ttest_1samp(days, 0).confidence_interval()

    found = mean(days.mean(), days.var(ddof=1) / 12, horizon=30, observations=12)
    assert (found.low, found.high) == pytest.approx((other.low, other.high))


def test_the_mean_of_a_few_is_no_surer_than_it_is_as_a_share_of_its_horizon() -> None:
    alike, nearly = (mean(5.0, spread, horizon=8, observations=2) for spread in (0.0, 1e-8))
    lived = share(5 / 8, 0.0, 2)

    assert lived.low is not None
    assert lived.high is not None
    assert (alike.low, alike.high) == pytest.approx((8 * lived.low, 8 * lived.high))
    assert nearly == alike


def test_the_mean_of_many_alike_may_be_as_far_as_one_more_would_take_it() -> None:
    alike, nearly = (mean(5.0, spread, horizon=8, observations=19) for spread in (0.0, 1e-8))

    assert alike == Estimate(5.0, 5 * 19 / 20, (5 * 19 + 8) / 20)
    assert nearly == alike


def test_a_mean_of_which_nobody_knows_the_end_has_no_interval() -> None:
    assert mean(5.0, 1.0, horizon=8, observations=0) == Estimate(5.0)


def test_greenwoods_variance_is_made_unbiased() -> None:
    days = np.array([1.0, 4, 7])
    _, variance = kaplan_meier(days, np.ones(3, np.bool_)).restricted_mean(10)

    assert unbiased(variance, 3) == pytest.approx(days.var(ddof=1) / 3)
    assert unbiased(0.0, 1) == 0.0


def test_the_interval_of_a_mean_stays_within_its_horizon() -> None:
    assert mean(15.0, 400.0, horizon=30, observations=2) == Estimate(15.0, 0.0, 30.0)


def test_a_single_subject_does_not_make_a_mean_certain() -> None:
    # One observation at half the horizon says as little as the share of a half of one.
    lived = share(0.5, 0.0, 1)
    found = mean(10.0, 0.0, horizon=20, observations=1)

    assert lived.low is not None
    assert lived.high is not None
    assert (found.low, found.high) == pytest.approx((lived.low * 20, lived.high * 20))


def test_a_mean_within_no_time_is_nothing() -> None:
    assert mean(0.0, 0.0, horizon=0, observations=4) == Estimate(0.0, 0.0, 0.0)


# --- how often the truth is inside -------------------------------------------------


@pytest.mark.parametrize(("truth", "size"), [(0.5, 20), (0.2, 30), (0.1, 60), (0.02, 60)])
def test_the_interval_of_a_share_holds_the_truth(truth: float, size: int) -> None:
    random = np.random.default_rng(20261122)
    found = [share(count / size, 0.0, size) for count in random.binomial(size, truth, REPLICATIONS)]

    assert _coverage(found, truth) >= 0.93


@pytest.mark.parametrize(("size", "least"), [(2, 0.95), (5, 0.95), (10, 0.90), (40, 0.92)])
def test_the_interval_of_a_mean_holds_the_truth_though_times_are_skewed(
    size: int, least: float
) -> None:
    random = np.random.default_rng(20261125)
    lives = np.minimum(random.exponential(20, (REPLICATIONS, size)), 46)
    found = [
        mean(one.mean(), one.var(ddof=1) / size, horizon=46, observations=size) for one in lives
    ]

    assert _coverage(found, 20 * (1 - np.exp(-46 / 20))) >= least


@pytest.mark.parametrize("size", [40, 150])
def test_the_interval_of_an_incidence_holds_the_truth_in_spite_of_open_subjects(size: int) -> None:
    # Verdicts come at a rate of one in five days, three in ten of them rejections; of the subjects
    # 35 % are still open when their watch ends. Truth: 0.3 times the share decided by day 10.
    random = np.random.default_rng(20261123)
    truth = 0.3 * (1 - np.exp(-10 / 5))

    assert _coverage([_incidence(random, size) for _ in range(REPLICATIONS)], truth) >= 0.93


def _incidence(random: np.random.Generator, size: int) -> Estimate:
    lives, watched = random.exponential(5, size), random.uniform(0, 14, size)
    kinds = np.where(random.random(size) < 0.3, 1, 2)
    ends = np.where(lives <= watched, kinds, 0)
    value, variance = aalen_johansen(np.minimum(lives, watched), ends, end=1).at(10)
    return share(value, variance, size)


def _coverage(found: list[Estimate], truth: float) -> float:
    inside = [
        one.low <= truth <= one.high
        for one in found
        if one.low is not None and one.high is not None
    ]
    assert len(inside) == REPLICATIONS
    return sum(inside) / REPLICATIONS
