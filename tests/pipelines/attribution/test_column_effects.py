"""Effects of columns that are in the model together."""

import numpy as np
import pytest

from pipelines.attribution.column_effects import ColumnEffects
from pipelines.attribution.seat_model import Projected

ACROSS = np.array([[50.0, 10.0, 60.0], [10.0, 40.0, 30.0], [60.0, 30.0, 0.0]])
ONE = Projected(ACROSS[None], np.zeros(1))


def test_they_are_those_of_a_ridge_regression() -> None:
    effects = ColumnEffects.of(ONE, [0, 1], spread=0.5)
    precision = ACROSS[:2, :2] + 4 * np.eye(2)
    assert effects.means[0] == pytest.approx(np.linalg.solve(precision, ACROSS[:2, 2]))
    total = effects.total(np.array([0.3, 0.7]))
    assert total.mean() == pytest.approx(effects.means[0] @ [0.3, 0.7])
    weights = np.array([0.3, 0.7])
    assert total.deviation() ** 2 == pytest.approx(weights @ np.linalg.inv(precision) @ weights)


def test_guesses_are_weighted_by_what_the_columns_gain_under_them() -> None:
    two = Projected(np.stack([ACROSS, ACROSS]), np.log([0.3, 0.7]))
    assert ColumnEffects.of(two, [0], spread=1.0).weights == pytest.approx([0.3, 0.7])
    gained = 60**2 / 51 / 2 - np.log(51) / 2
    none = Projected(np.stack([ACROSS, np.zeros((3, 3))]), np.zeros(2))
    weights = ColumnEffects.of(none, [0], spread=1.0).weights
    assert np.log(weights[0] / weights[1]) == pytest.approx(gained)


def test_a_ratio_is_that_of_many_draws() -> None:
    effects = ColumnEffects.of(ONE, [0, 1], spread=1.0)
    draws = np.random.default_rng(1).multivariate_normal(
        effects.means[0], effects.covariances[0], 400_000
    )
    ratio = effects.ratio(1, 0)
    expected = np.quantile(draws[:, 1] / draws[:, 0], [0.5, 0.025, 0.975])
    assert ratio is not None
    assert [ratio.value, ratio.low, ratio.high] == pytest.approx(expected, abs=0.005)


def test_nothing_is_a_multiple_of_what_may_be_nothing() -> None:
    across = ACROSS.copy()
    across[0, 2] = across[2, 0] = 1.0
    assert ColumnEffects.of(Projected(across[None], np.zeros(1)), [0, 1], 1.0).ratio(1, 0) is None
