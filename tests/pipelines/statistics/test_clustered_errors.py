"""Clusters that are unequal, against matrices written out row by row."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.linalg import block_diag

from pipelines.statistics.clustered_errors import ClusteredErrors, Spread
from pipelines.statistics.estimate import t_margin
from tests.pipelines.statistics.dense_clusters import starts_of, written_out

Floats = NDArray[np.float64]


def residuals(design: Floats, values: Floats) -> Floats:
    left: Floats = values - design @ np.linalg.lstsq(design, values, rcond=None)[0]
    return left


def errors(design: Floats, values: Floats, sizes: list[int]) -> ClusteredErrors:
    return ClusteredErrors(design, residuals(design, values), starts_of(sizes))


def found(told: ClusteredErrors, weights: Floats) -> Spread:
    spread = told.of(weights)
    assert spread is not None
    return spread


@given(
    sizes=st.lists(st.integers(4, 15), min_size=3, max_size=6),
    columns=st.integers(1, 3),
    seed=st.integers(0, 2**32),
)
def test_they_are_those_of_matrices_written_out(sizes: list[int], columns: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    design, values = dice.normal(size=(sum(sizes), columns)), dice.normal(size=sum(sizes))
    weights = dice.normal(size=columns)
    spread = found(errors(design, values, sizes), weights)
    assert (spread.variance, spread.degrees) == pytest.approx(
        written_out(design, values, sizes, weights), rel=1e-8
    )


def test_means_that_were_taken_out_are_as_columns_that_stand_in_the_design() -> None:
    """Two months in each team: their means cost no cluster anything."""
    dice, sizes = np.random.default_rng(3), [6, 14, 8, 30]
    months = block_diag(*[np.ones((part, 1)) for size in sizes for part in (size // 2,) * 2])
    raw, values = dice.normal(size=(sum(sizes), 2)), dice.normal(size=sum(sizes))
    centred = residuals(months, raw)
    spread = found(
        errors(centred, residuals(months, values), sizes), weights := np.array([1.0, -0.5])
    )
    whole = np.column_stack([raw, months])
    assert (spread.variance, spread.degrees) == pytest.approx(
        written_out(whole, values, sizes, np.append(weights, np.zeros(months.shape[1]))), rel=1e-8
    )


def test_equal_clusters_of_equal_columns_are_a_t_interval_of_their_means() -> None:
    values = np.array([1.0, 3.0, 2.0, 4.0, 6.0, 8.0])  # means 2, 3, 7; their mean is 4
    spread = found(errors(np.ones((6, 1)), values, [2, 2, 2]), np.ones(1))
    assert spread.variance == pytest.approx(7.0 / 3)  # the variance of 2, 3 and 7 is 7
    assert spread.degrees == pytest.approx(2.0)
    assert spread.margin() == pytest.approx(4.302653 * (7.0 / 3) ** 0.5)
    assert spread.p_value(4.0) == pytest.approx(0.12012, abs=1e-5)


def test_twelve_clusters_of_which_one_has_half_of_the_rows_are_worth_few() -> None:
    dice, sizes = np.random.default_rng(1), [110, *[10] * 11]
    design = dice.normal(size=(sum(sizes), 1))
    spread = found(errors(design, dice.normal(size=sum(sizes)), sizes), np.ones(1))
    assert 2 < spread.degrees < 6


def test_what_one_cluster_decides_alone_has_no_spread() -> None:
    """A column varies in the first cluster only, whose residuals do not tell how far it is off."""
    dice = np.random.default_rng(2)
    design = np.column_stack([dice.normal(size=12), np.where(np.arange(12) < 4, 1.0, 0.0)])
    told = errors(design, dice.normal(size=12), [4, 4, 4])
    assert told.of(np.array([0.0, 1.0])) is None
    assert told.of(np.array([0.3, 1.0])) is None
    assert told.of(np.array([1.0, 0.0])) is not None
    assert told.of(np.array([0.0, 0.0])) is None


def test_a_sum_that_never_varied_is_surely_not_nought() -> None:
    assert Spread(0.0, 3.0).p_value(0.0) == 1.0
    assert Spread(0.0, 3.0).p_value(0.2) == 0.0


def test_intervals_hold_where_teams_are_unequal_and_the_plain_sandwich_does_not() -> None:
    """Twelve teams, a rule whose cost differs from team to team: 95 of 100, give or take."""
    dice, many, held, plain = np.random.default_rng(11), 400, 0, 0
    for _ in range(many):
        sizes = np.maximum(4, 40 * np.exp(1.2 * dice.normal(size=12))).astype(int).tolist()
        team = np.repeat(np.arange(12), sizes)
        met = (dice.uniform(size=len(team)) < dice.uniform(0.1, 0.9, 12)[team]).astype(float)
        values = (0.8 + 0.3 * dice.normal(size=12))[team] * met + dice.normal(size=len(team))
        of_teams = (team[:, None] == np.arange(12)).astype(float)
        column, values = residuals(of_teams, met[:, None]), residuals(of_teams, values)
        share = float((column[:, 0] @ values) / np.square(column).sum())
        spread = found(errors(column, values, sizes), np.ones(1))
        held += abs(share - 0.8) < spread.margin()
        scores = np.bincount(team, column[:, 0] * (values - share * column[:, 0]))
        sandwich = 12 / 11 * float(np.square(scores).sum()) / float(np.square(column).sum()) ** 2
        plain += abs(share - 0.8) < t_margin(sandwich, 11)
    assert held / many > 0.91
    assert plain / many < 0.88
