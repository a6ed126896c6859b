"""The bootstrap over clusters: sums and draws by hand, intervals against SciPy and the truth."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import bootstrap, ttest_1samp

from pipelines.statistics import cluster_bootstrap
from pipelines.statistics.cluster_bootstrap import (
    DRAWS,
    FEW_CLUSTERS,
    cluster_sums,
    percentile_interval,
    ratio,
    resampled,
)
from pipelines.statistics.estimate import UNKNOWN, Estimate, share
from tests.pipelines.statistics.subjects import Ends, Floats

REPLICATIONS = 300
_DRAWN = """
import hashlib
import numpy as np
from pipelines.statistics.cluster_bootstrap import resampled
print(hashlib.sha256(resampled(np.random.default_rng(0).exponential(1, (900, 50)))).hexdigest())
"""
# What is counted, out of how much, in which cluster.
COUNTS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(-3, 15)), min_size=1, max_size=40
)


def estimate(*subjects: tuple[float, float, int], is_share: bool = False) -> Estimate:
    counted, whole, clusters = (np.array(column) for column in zip(*subjects, strict=True))
    return ratio(counted.astype(float), whole.astype(float), clusters, is_share=is_share)


# --- sums and draws ----------------------------------------------------------------


def test_sums_are_in_the_order_of_the_labels() -> None:
    labels = np.array([7, -2, 7, 30])

    assert cluster_sums(np.array([1.0, 2, 4, 8]), labels).tolist() == [[2], [5], [8]]
    assert cluster_sums(np.array([[1.0, 0], [2, 1], [4, 1], [8, 0]]), labels).tolist() == [
        [2, 1],
        [5, 1],
        [8, 0],
    ]


def test_without_subjects_there_are_no_clusters_and_draws_of_nothing() -> None:
    nobody = np.zeros(0, np.int64)
    none = cluster_sums(np.zeros((0, 2)), nobody)

    assert none.shape == (0, 2)
    assert cluster_sums(np.zeros(0), nobody).shape == (0, 1)
    assert resampled(none).tolist() == [[0, 0]] * DRAWS


def test_a_draw_has_as_many_clusters_as_there_are_and_each_again_and_again() -> None:
    drawn = resampled(np.eye(20))

    assert drawn.shape == (DRAWS, 20)
    assert np.all(drawn.sum(axis=1) == 20)
    # Each comes once in the mean, with the variance of 20 draws that hit it with chance 1/20.
    assert drawn.mean(axis=0) == pytest.approx(np.ones(20), abs=0.12)
    assert drawn.var() == pytest.approx(1 - 1 / 20, abs=0.03)


def test_the_same_seed_draws_the_same_clusters_for_every_statistic() -> None:
    sums = np.random.default_rng(1).random((12, 2))

    both, first = resampled(sums), resampled(sums[:, :1])
    assert both[:, :1] == pytest.approx(first, rel=1e-12)
    assert not np.array_equal(both, resampled(sums, seed=2))


def test_draws_are_the_same_whatever_the_order_in_which_a_sum_is_made() -> None:
    sums = np.random.default_rng(2).lognormal(0, 4, (300, 3))
    drawn, other = resampled(sums), resampled(np.asfortranarray(sums))

    assert np.array_equal(drawn, other)
    # Every draw is a whole number of one unit, of which it has fewer than a float can count.
    units = drawn / np.ldexp(1.0, np.frexp(300 * sums.max(axis=0))[1] - 52)
    assert np.array_equal(units, np.rint(units))
    assert units.max() < 2**53
    assert drawn.mean(axis=0) == pytest.approx(sums.sum(axis=0), rel=0.2)


@pytest.mark.parametrize(
    "setting", [{"OPENBLAS_NUM_THREADS": "2"}, {"OPENBLAS_CORETYPE": "Haswell"}], ids=str
)
def test_draws_are_the_same_on_another_machine(setting: dict[str, str]) -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", _DRAWN],
            env={**os.environ, **one},
            capture_output=True,
            check=True,
        ).stdout
        for one in ({"OPENBLAS_NUM_THREADS": "1", "OPENBLAS_CORETYPE": "Nehalem"}, setting)
    ]

    assert told[0] == told[1] != b""


def test_draws_do_not_depend_on_the_blocks_they_are_made_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sums = np.arange(24.0).reshape(12, 2)
    at_once = resampled(sums)
    monkeypatch.setattr(cluster_bootstrap, "_BLOCK", 100)

    assert np.array_equal(resampled(sums), at_once)


def test_of_999_draws_the_interval_is_from_the_25th_to_the_975th() -> None:
    draws = np.random.default_rng(3).permutation(np.arange(1.0, 1000))

    assert percentile_interval(draws) == (25, 975)


def test_a_draw_without_a_value_is_left_out() -> None:
    draws = np.append(np.arange(1.0, 1000), np.full(500, np.nan))

    assert percentile_interval(draws) == (25, 975)
    assert percentile_interval(np.full(5, np.nan)) == (None, None)


# --- a sum over a sum --------------------------------------------------------------


def test_of_few_clusters_of_one_size_the_interval_is_that_of_a_t_test() -> None:
    rates = [0.1, 0.2, 0.4, 0.5]
    other = ttest_1samp(rates, 0).confidence_interval()

    found = estimate(*[(10 * rate - 10, 10, number) for number, rate in enumerate(rates)])
    assert found.value == pytest.approx(0.3 - 1)
    assert (found.low, found.high) == pytest.approx((other.low - 1, other.high - 1))


def test_the_t_interval_lies_about_the_pooled_ratio_and_not_about_the_mean_of_the_ratios() -> None:
    found = estimate((90, 100, 1), (2, 4, 2), (3, 4, 3))

    assert found.value == pytest.approx(95 / 108)
    assert found.high is not None
    assert found.low is not None
    assert (found.low + found.high) / 2 == pytest.approx(95 / 108)


def test_what_cannot_be_negative_has_no_negative_bound() -> None:
    assert estimate((0, 10, 1), (8, 10, 2)).low == 0
    assert estimate((0, 10, 1), (8, 10, 2), is_share=True).high == 1


def test_of_many_clusters_the_interval_is_that_of_the_bootstrap_of_scipy() -> None:
    random = np.random.default_rng(5)
    whole = random.integers(3, 30, 40).astype(float)
    counted = random.binomial(whole.astype(int), random.beta(3, 7, 40)).astype(float)
    other = bootstrap(
        (counted, whole),
        lambda one, two, axis: one.sum(axis=axis) / two.sum(axis=axis),
        paired=True,
        method="percentile",
        rng=random,
    ).confidence_interval

    found = ratio(counted, whole, np.arange(40))
    # Each bound is an order statistic of its draws, known to a twentieth of the width.
    assert (found.low, found.high) == pytest.approx((other.low, other.high), abs=0.01)


def test_one_cluster_has_a_value_and_no_interval() -> None:
    assert estimate((1, 4, 9), (2, 4, 9)) == Estimate(3 / 8)
    assert estimate((1, 4, 9), (0, 0, 8), is_share=True) == Estimate(1 / 4)


@pytest.mark.parametrize("clusters", [3, FEW_CLUSTERS + 5])
def test_a_rate_of_none_anywhere_has_no_interval(clusters: int) -> None:
    assert estimate(*[(0, 7, number) for number in range(clusters)]) == Estimate(0.0)


def test_out_of_nothing_nothing_is_known() -> None:
    assert estimate((0, 0, 1), (0, 0, 2)) == UNKNOWN
    assert ratio(np.zeros(0), np.zeros(0), np.zeros(0, np.int64)) == UNKNOWN


@pytest.mark.parametrize("clusters", [3, FEW_CLUSTERS + 5])
@pytest.mark.parametrize("value", [0, 1])
def test_a_share_of_none_or_all_is_as_uncertain_as_of_that_many_subjects(
    clusters: int, value: int
) -> None:
    found = estimate(*[(value * 4, 4, number) for number in range(clusters)], is_share=True)

    assert found == share(value, 0.0, clusters)


@pytest.mark.parametrize("clusters", [2, 3, FEW_CLUSTERS + 2])
def test_clusters_that_are_all_alike_tell_no_spread(clusters: int) -> None:
    alike = [(1, 2, number) for number in range(clusters)]

    assert estimate(*alike) == Estimate(0.5)
    assert estimate(*alike, is_share=True) == share(0.5, 0.0, clusters)


@given(COUNTS)
def test_the_interval_holds_the_value(subjects: list[tuple[int, int, int]]) -> None:
    found = estimate(*subjects)

    if found.value is not None and found.low is not None and found.high is not None:
        assert 0 <= found.low <= found.value <= found.high
    assert (found.low is None) == (found.high is None)


@given(COUNTS)
def test_neither_the_names_of_the_clusters_nor_the_unit_matter(
    subjects: list[tuple[int, int, int]],
) -> None:
    other = [(4 * counted, 4 * whole, 3 * label - 50) for counted, whole, label in subjects]

    assert estimate(*other) == estimate(*subjects)


# --- how often the truth is inside -------------------------------------------------


@pytest.mark.parametrize(("clusters", "least"), [(3, 0.93), (9, 0.92), (12, 0.89), (40, 0.91)])
def test_the_interval_holds_the_truth_though_subjects_of_a_cluster_are_alike(
    clusters: int, least: float
) -> None:
    random = np.random.default_rng(20261124)
    found = [ratio(*_alike(random, clusters), is_share=True) for _ in range(REPLICATIONS)]

    inside = [
        one.low <= 0.3 <= one.high for one in found if one.low is not None and one.high is not None
    ]
    assert sum(inside) / REPLICATIONS >= least


def _alike(random: np.random.Generator, clusters: int) -> tuple[Floats, Floats, Ends]:
    """Thirty subjects to a cluster, whose chance of 0.3 in the mean is the cluster's own."""
    labels = np.repeat(np.arange(clusters), 30)
    hits = random.random(len(labels)) < random.beta(6, 14, clusters)[labels]
    return hits.astype(float), np.ones(len(labels)), labels
