"""Steps in a series whose noise has a memory."""

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipelines.statistics.step_model import COARSE, StepModel
from pipelines.statistics.step_noise import paths, shock_grid
from pipelines.statistics.step_series import Observed, Priors
from tests.pipelines.statistics.noises import written_out

Floats = NDArray[np.float64]

WEEKS = np.arange(40.0)
CHANGED = 24
QUIET = Priors(drift=0.0, own_drift=0.0, shock=0.0, common_shock=0.0)
USUAL = Priors(drift=0.35, own_drift=0.12, shock=0.5, common_shock=0.25, common_step=0.35)
YEAR = 365.25 / 7


def alone(values: Floats, variances: Floats | float = 0.04) -> Observed:
    many = len(values)
    return Observed(
        WEEKS[:many],
        values,
        np.broadcast_to(np.asarray(variances, dtype=float), (many,)).copy(),
        np.zeros(many, dtype=bool),
        np.ones(many),
    )


def beside(values: Floats, others: Floats, variance: float = 0.04) -> Observed:
    many = len(values)
    return Observed(
        np.tile(WEEKS[:many], 2),
        np.concatenate([values, others]),
        np.concatenate([np.full(many, 0.04), np.full(many, variance)]),
        np.repeat([False, True], many),
        np.ones(2 * many),
    )


def step(observed: Observed) -> Floats:
    return ((observed.times >= CHANGED) & ~observed.is_comparison).astype(float)[:, None]


def noise(seed: int, deviation: float = 0.2) -> Floats:
    return np.random.default_rng(seed).normal(0, deviation, len(WEEKS))


def fit(observed: Observed, priors: Priors = USUAL) -> tuple[float, float]:
    belief = StepModel(observed, priors, year=YEAR).fit(step(observed)).step(0)
    return belief.mean(), belief.deviation()


def test_without_shocks_and_drift_it_is_weighted_least_squares() -> None:
    variances = np.random.default_rng(3).uniform(0.01, 0.2, len(WEEKS))
    observed = alone(noise(4), variances)
    design = np.column_stack([np.ones(len(WEEKS)), step(observed)])
    elsewhere = sm.WLS(observed.values, design, weights=1 / variances).fit()

    mean, deviation = fit(observed, QUIET)

    assert mean == pytest.approx(elsewhere.params[1], abs=1e-9)
    assert deviation == pytest.approx(elsewhere.normalized_cov_params[1, 1] ** 0.5, abs=1e-9)


def test_it_is_generalised_least_squares_weighted_by_restricted_likelihood() -> None:
    observed = beside(noise(20), noise(21))
    priors = replace(USUAL, season=0.1)
    columns = step(observed)
    found = StepModel(observed, priors, year=YEAR, grid=COARSE).fit(columns)

    levels = np.column_stack([np.ones(len(columns)), observed.is_comparison])
    free = np.column_stack([levels, columns])
    shifted = (observed.times >= CHANGED)[:, None] * priors.common_step
    drawn = np.column_stack([shifted, paths(observed, priors, year=YEAR)])
    logs = []
    grid = shock_grid(priors, COARSE)
    for point, (memory, own, common) in enumerate(
        zip(grid.memory, grid.own, grid.common, strict=True)
    ):
        covariance = written_out(observed, memory, own, common) + drawn @ drawn.T
        inverse = np.linalg.inv(covariance)
        information = free.T @ inverse @ free
        means = np.linalg.solve(information, free.T @ inverse @ observed.values)
        left = observed.values - free @ means
        assert found.means[point] == pytest.approx(means[2:], abs=1e-8)
        assert found.covariances[point] == pytest.approx(np.linalg.inv(information)[2:, 2:])
        determinants = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(information)[1]
        logs.append(-(determinants + left @ inverse @ left) / 2)
    weights = np.exp(np.array(logs) - max(logs))
    assert found.weights == pytest.approx(weights / weights.sum(), abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.floats(-2, 2), st.floats(-5, 5), st.floats(-5, 5))
def test_what_is_added_as_a_step_is_found_and_levels_do_not_matter(
    seed: int, added: float, level: float, other: float
) -> None:
    values, others = noise(seed), noise(seed + 1)
    before = fit(beside(values, others))

    moved = fit(beside(values + level + added * (WEEKS >= CHANGED), others + other))

    assert moved[0] - before[0] == pytest.approx(added, abs=1e-6)
    assert moved[1] == pytest.approx(before[1], abs=1e-6)


def test_a_shock_that_both_have_is_no_effect() -> None:
    shared = np.where(WEEKS >= CHANGED, -0.5, 0.0)
    values, others = noise(1, 0.1) + shared, noise(2, 0.1) + shared

    compared, _ = fit(beside(values, others))

    assert abs(compared) < 0.15
    assert fit(alone(values))[0] < -0.3


def test_a_comparison_of_which_nothing_is_known_leaves_what_a_common_shift_could_have_been() -> (
    None
):
    values = noise(5)

    mean, deviation = fit(beside(values, noise(6), variance=1e8))
    by_itself = fit(alone(values))

    assert mean == pytest.approx(by_itself[0], abs=0.02)
    assert deviation == pytest.approx((by_itself[1] ** 2 + 0.35**2) ** 0.5, rel=0.05)


def test_noise_with_a_memory_is_less_sure_than_noise_without() -> None:
    dice = np.random.default_rng(8)
    shocks = np.zeros(len(WEEKS))
    for week in range(1, len(WEEKS)):
        shocks[week] = 0.9 * shocks[week - 1] + dice.normal(0, 0.2)

    assert fit(alone(shocks, 0.001))[1] > 1.4 * fit(alone(noise(8, 0.2), 0.001))[1]


def test_two_steps_apart_are_told_apart_and_two_together_are_not() -> None:
    observed = alone(noise(9))
    far = np.column_stack([WEEKS >= 10, WEEKS >= 28]).astype(float)
    near = np.column_stack([WEEKS >= 19, WEEKS >= 20]).astype(float)
    model = StepModel(observed, QUIET, year=YEAR)

    assert abs(model.fit(far).correlation(0, 1)) < 0.6
    assert abs(model.fit(near).correlation(0, 1)) > 0.9


def test_a_coarser_grid_says_nearly_the_same() -> None:
    observed = beside(noise(10), noise(11))
    fine = StepModel(observed, USUAL, year=YEAR).fit(step(observed)).step(0)
    coarse = StepModel(observed, USUAL, year=YEAR, grid=COARSE).fit(step(observed)).step(0)

    assert coarse.mean() == pytest.approx(fine.mean(), abs=0.1 * fine.deviation())
    assert coarse.deviation() == pytest.approx(fine.deviation(), rel=0.15)


def test_known_values_are_smoothed_to_themselves_and_uncertain_ones_are_drawn_together() -> None:
    values = noise(12)
    known, uncertain = alone(values, 1e-9), alone(values, 0.04)
    smoothed = [
        model.smoothed(model.fit(step(one)))
        for one in (known, uncertain)
        for model in [StepModel(one, USUAL, year=YEAR)]
    ]

    assert smoothed[0] == pytest.approx(values, abs=1e-4)
    assert np.std(smoothed[1]) < 0.8 * np.std(values)


def test_a_yearly_wave_that_is_allowed_for_makes_a_step_less_sure() -> None:
    wave = Priors(drift=0.35, own_drift=0.15, shock=0.5, common_shock=0.25, season=0.3)

    assert fit(alone(noise(13)), wave)[1] > fit(alone(noise(13)))[1]


def test_what_is_apart_is_of_the_buckets_both_have() -> None:
    both = Observed(
        np.array([1.0, 2.0, 4.0, 2.0, 3.0, 4.0]),
        np.array([5.0, 6.0, 7.0, 1.0, 2.0, 3.0]),
        np.full(6, 0.1),
        np.array([False, False, False, True, True, True]),
        np.ones(6),
    )

    assert both.apart().tolist() == [5.0, 4.0]
