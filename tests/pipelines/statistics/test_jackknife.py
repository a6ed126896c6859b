"""The jackknife over groups: textbook variances by hand."""

import numpy as np
import pytest

from pipelines.statistics.jackknife import jackknife_variance

VALUES = np.array([1.0, 4.0, 4.0, 7.0])


def mean_of(left: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float | None:
    return float(VALUES[left].mean()) if left.any() else None


def test_over_single_subjects_it_is_the_variance_of_a_mean() -> None:
    found = jackknife_variance(mean_of, np.arange(4), value=4.0)

    assert found == pytest.approx(VALUES.var(ddof=1) / 4)


def test_over_groups_of_one_size_it_is_the_variance_of_the_mean_of_their_means() -> None:
    found = jackknife_variance(mean_of, np.array([0, 0, 1, 1]), value=4.0)

    assert found == pytest.approx(np.var([2.5, 5.5], ddof=1) / 2)


def test_one_group_alone_tells_no_variance() -> None:
    assert jackknife_variance(mean_of, np.zeros(4, np.int64), value=4.0) == 0.0
