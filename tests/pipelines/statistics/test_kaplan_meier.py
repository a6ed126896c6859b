"""Survival curves: by hand on a few subjects, and against SciPy and statsmodels on many."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import CensoredData, ecdf
from statsmodels.duration.survfunc import SurvfuncRight

from pipelines.statistics.kaplan_meier import Survival, kaplan_meier

Floats = NDArray[np.float64]
EXACT = 1e-9
SEEDS = range(8)


def curve(exits: list[float], events: list[int], entries: list[float] | None = None) -> Survival:
    """The curve of a few subjects written down as lists."""
    return kaplan_meier(
        np.array(exits, dtype=np.float64),
        np.array(events) == 1,
        np.array(entries, dtype=np.float64) if entries is not None else None,
    )


def sample(seed: int, size: int = 120) -> tuple[Floats, NDArray[np.bool_], Floats]:
    """Exits with many ties, ends, and entries before the exits."""
    random = np.random.default_rng(seed)
    lives, watched = random.exponential(10, size), random.uniform(1, 25, size)
    exits = np.ceil(np.minimum(lives, watched) * 2) / 2
    entries = np.where(random.random(size) < 0.5, 0.0, np.floor(exits * random.random(size)))
    return exits, lives <= watched, np.minimum(entries, exits - 0.5)


# --- by hand -----------------------------------------------------------------------


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


# --- against others ----------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_the_curve_is_that_of_scipy(seed: int) -> None:
    exits, ended, _ = sample(seed)
    found = kaplan_meier(exits, ended)
    other = ecdf(CensoredData(uncensored=exits[ended], right=exits[~ended])).sf

    assert found.survival == pytest.approx(other.evaluate(found.ages), abs=EXACT)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_curve_with_delayed_entry_is_that_of_statsmodels(seed: int) -> None:
    exits, ended, entries = sample(seed)
    found = kaplan_meier(exits, ended, entries)
    other = SurvfuncRight(exits, ended.astype(int), entry=entries)

    at = np.isin(other.surv_times, found.ages)
    assert found.at_risk == pytest.approx(other.n_risk[at], abs=0)
    assert found.survival == pytest.approx(other.surv_prob[at], abs=EXACT)


@pytest.mark.parametrize("seed", SEEDS)
# Shares that no curve of 120 subjects meets exactly: there statsmodels takes the age after.
@pytest.mark.parametrize("share_ended", [0.103, 0.497, 0.853])
def test_the_quantiles_are_those_of_statsmodels(seed: int, share_ended: float) -> None:
    exits, ended, _ = sample(seed)
    other = SurvfuncRight(exits, ended.astype(int)).quantile(share_ended)

    found = kaplan_meier(exits, ended).quantile(share_ended)
    assert found == (None if np.isnan(other) else other)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("horizon", [0.5, 3.25, 12.0, 20.0])
def test_the_restricted_mean_is_the_integral_of_the_curve_of_scipy(
    seed: int, horizon: float
) -> None:
    exits, ended, _ = sample(seed)
    other = ecdf(CensoredData(uncensored=exits[ended], right=exits[~ended])).sf
    # The curve steps at halves of a day, so that sums over middles of quarters are exact.
    middles = np.arange(0.125, horizon, 0.25)

    value, _ = kaplan_meier(exits, ended).restricted_mean(horizon)
    assert value == pytest.approx(other.evaluate(middles).sum() * 0.25, abs=EXACT)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("horizon", [3.25, 12.0])
def test_the_variance_of_the_restricted_mean_is_greenwoods(seed: int, horizon: float) -> None:
    exits, ended, _ = sample(seed)

    _, variance = kaplan_meier(exits, ended).restricted_mean(horizon)
    assert variance == pytest.approx(_greenwood(exits, ended, horizon), rel=EXACT)


def _greenwood(exits: Floats, ended: NDArray[np.bool_], horizon: float) -> float:
    """Term by term, each area integrated anew."""
    ages = sorted({age for age, end in zip(exits, ended, strict=True) if end and age < horizon})
    total = 0.0
    for age in ages:
        at_risk = sum(exits >= age)
        ends = sum((exits == age) & ended)
        if at_risk == ends:
            continue
        area = sum(
            0.25 * _survival(exits, ended, middle)
            for middle in np.arange(age + 0.125, horizon, 0.25)
        )
        total += area**2 * ends / (at_risk * (at_risk - ends))
    return total


def _survival(exits: Floats, ended: NDArray[np.bool_], age: float) -> float:
    left = 1.0
    for one in sorted(set(exits[ended & (exits <= age)])):
        left *= 1 - sum((exits == one) & ended) / sum(exits >= one)
    return left
