"""Survival curves against those of SciPy, statsmodels and lifelines."""

import numpy as np
import pytest
from lifelines import KaplanMeierFitter
from lifelines.utils import qth_survival_times, restricted_mean_survival_time
from numpy.typing import NDArray
from scipy.stats import CensoredData, ecdf
from statsmodels.duration.survfunc import SurvfuncRight

from pipelines.statistics.kaplan_meier import kaplan_meier
from pipelines.statistics.step_curves import log_log_limits, quantile_limits
from tests.pipelines.statistics.subjects import EXACT, SEEDS, Floats, sample


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
def test_the_variance_with_delayed_entry_is_that_of_statsmodels(seed: int) -> None:
    exits, ended, entries = sample(seed)
    found = kaplan_meier(exits, ended, entries)
    other = SurvfuncRight(exits, ended.astype(int), entry=entries)

    at = np.isin(other.surv_times, found.ages) & (other.surv_prob > 0)
    assert found.variance[found.survival > 0] == pytest.approx(
        other.surv_prob_se[at] ** 2, abs=EXACT
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("share_ended", [0.103, 0.497, 0.853])
def test_the_interval_of_a_quantile_with_delayed_entry_is_that_of_statsmodels(
    seed: int, share_ended: float
) -> None:
    exits, ended, entries = sample(seed)
    other = SurvfuncRight(exits, ended.astype(int), entry=entries)
    low, high = other.quantile_ci(share_ended, method="cloglog")

    found = kaplan_meier(exits, ended, entries)
    limits = quantile_limits(found.ages, found.survival, found.variance, share=share_ended)
    assert limits == (low, None if np.isinf(high) else high)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_curve_and_its_interval_with_delayed_entry_are_those_of_lifelines(seed: int) -> None:
    exits, ended, entries = sample(seed)
    found = kaplan_meier(exits, ended, entries)
    other = KaplanMeierFitter().fit(exits, ended, entry=entries)

    inner = (found.survival > 0) & (found.survival < 1)
    limits = other.confidence_interval_.loc[found.ages[inner]].to_numpy()
    assert found.survival == pytest.approx(
        other.survival_function_at_times(found.ages).to_numpy(), abs=EXACT
    )
    ours = np.column_stack(log_log_limits(found.survival[inner], found.variance[inner]))
    assert ours == pytest.approx(limits, abs=EXACT)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("left", [0.897, 0.503, 0.147])
def test_the_interval_of_a_quantile_is_that_of_lifelines(seed: int, left: float) -> None:
    exits, ended, _ = sample(seed)
    limits = KaplanMeierFitter().fit(exits, ended).confidence_interval_
    reached = sorted(qth_survival_times(left, limits).to_numpy().ravel())

    found = kaplan_meier(exits, ended)
    ours = quantile_limits(found.ages, found.survival, found.variance, share=1 - left)
    assert ours == tuple(None if np.isinf(age) else age for age in reached)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("horizon", [0.5, 3.25, 12.0, 20.0])
def test_the_restricted_mean_with_delayed_entry_is_that_of_lifelines(
    seed: int, horizon: float
) -> None:
    exits, ended, entries = sample(seed)
    other = KaplanMeierFitter().fit(exits, ended, entry=entries)

    value, _ = kaplan_meier(exits, ended, entries).restricted_mean(horizon)
    assert value == pytest.approx(restricted_mean_survival_time(other, horizon), abs=EXACT)


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
