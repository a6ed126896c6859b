"""Mixtures of normal distributions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pipelines.statistics.normal_mixture import NormalMixture

TWO = NormalMixture(np.array([0.25, 0.75]), np.array([0.0, 2.0]), np.array([1.0, 0.5]))


def test_one_component_is_a_normal_distribution() -> None:
    one = NormalMixture(np.ones(1), np.array([1.0]), np.array([2.0]))

    assert one.mean() == 1.0
    assert one.deviation() == pytest.approx(2.0)
    assert one.below(3.0) == pytest.approx(stats.norm.cdf(1.0))
    assert one.interval() == pytest.approx(stats.norm.interval(0.95, 1.0, 2.0))


def test_the_deviation_is_that_within_the_components_and_between_them() -> None:
    mean = 0.25 * 0.0 + 0.75 * 2.0
    within = 0.25 * 1.0 + 0.75 * 0.25
    between = 0.25 * (0.0 - mean) ** 2 + 0.75 * (2.0 - mean) ** 2

    assert TWO.mean() == mean
    assert TWO.deviation() == pytest.approx((within + between) ** 0.5)


@given(st.floats(0.001, 0.999))
def test_a_quantile_has_its_share_below(share: float) -> None:
    assert TWO.below(TWO.quantile(share)) == pytest.approx(share, abs=1e-8)


def test_an_interval_excludes_what_lies_outside_of_it() -> None:
    low, high = TWO.interval()

    assert not TWO.excludes(TWO.mean())
    assert TWO.excludes(low - 0.01)
    assert TWO.excludes(high + 0.01)


def test_a_far_tail_is_as_exact_on_either_side() -> None:
    one = NormalMixture(np.ones(1), np.array([10.0]), np.array([1.0]))

    assert one.below(0.0) == pytest.approx(stats.norm.cdf(-10.0), rel=1e-9)
    assert one.above(20.0) == pytest.approx(stats.norm.sf(10.0), rel=1e-9)
