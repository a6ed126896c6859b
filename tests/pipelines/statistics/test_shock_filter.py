"""Shocks taken out of columns, against the covariance of all buckets written out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.statistics.shock_filter import ShockFilter, Shocks
from pipelines.statistics.step_series import Observed
from tests.pipelines.statistics.noises import written_out

MEMORIES = (0.0, 0.4, 0.985)


@st.composite
def series(draw: st.DrawFn) -> Observed:
    """One series or two, with gaps, in any order of the rows."""
    buckets = st.lists(st.integers(-20, 20), min_size=1, max_size=9, unique=True)
    own, others = draw(buckets), draw(st.just([]) | buckets)
    sides = [False] * len(own) + [True] * len(others)
    rows = np.array(draw(st.permutations(range(len(sides)))))
    variances = draw(st.lists(st.floats(1e-6, 2), min_size=len(sides), max_size=len(sides)))
    is_comparison = np.array(sides)[rows]
    scales = draw(st.tuples(st.floats(0.05, 1), st.floats(0.05, 1)))
    return Observed(
        np.array([*own, *others], dtype=float)[rows],
        np.zeros(len(sides)),
        np.array(variances),
        is_comparison,
        np.where(is_comparison, scales[1], scales[0]),
    )


@settings(max_examples=60, deadline=None)
@given(series(), st.floats(0, 1), st.floats(0, 1), st.integers(0, 1000))
def test_products_and_determinants_are_those_of_the_covariance_written_out(
    observed: Observed, own: float, common: float, seed: int
) -> None:
    points = np.ones(len(MEMORIES))
    found = ShockFilter.of(observed, Shocks(np.array(MEMORIES), own * points, common * points))
    columns = np.random.default_rng(seed).normal(size=(len(observed.times), 3))
    white = found.white(columns)
    last = found.unexplained(white[:, :, 2])
    for point, memory in enumerate(MEMORIES):
        noise = written_out(observed, memory, own, common)
        solved = np.linalg.solve(noise, columns)
        scale = np.abs(solved).max()
        assert white[point].T @ white[point] == pytest.approx(
            columns.T @ solved, rel=1e-7, abs=1e-9 * scale
        )
        assert last[point] == pytest.approx(solved[:, 2], rel=1e-7, abs=1e-9 * scale)
        assert found.log_determinants()[point] == pytest.approx(
            np.linalg.slogdet(noise)[1] / 2, rel=1e-7, abs=1e-7
        )


def test_two_buckets_of_one_week_share_what_is_common_and_nothing_else() -> None:
    observed = Observed(
        np.array([7.0, 7.0]),
        np.zeros(2),
        np.array([0.25, 0.0]),
        np.array([False, True]),
        np.array([0.5, 1.0]),
    )
    found = ShockFilter.of(observed, Shocks(np.array([0.9]), np.array([1.0]), np.array([0.5])))
    # 0.5 + 0.25 + 0.25 and 1 + 0.25, of which 0.25 is both's.
    assert found.deviations[:, 0] ** 2 == pytest.approx([1.0, 1.25 - 0.25**2])
    assert found.white(np.array([[1.0], [0.25]]))[0] == pytest.approx(np.array([[1.0], [0.0]]))
