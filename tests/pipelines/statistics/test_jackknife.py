"""The jackknife over groups: textbook variances by hand."""

import numpy as np
import pytest

from pipelines.statistics.jackknife import jackknife_variance

VALUES = np.array([1.0, 4.0, 4.0, 7.0])


def test_over_single_subjects_it_is_the_variance_of_a_mean() -> None:
    without = (VALUES.sum() - VALUES) / 3

    assert jackknife_variance(without, value=4.0) == pytest.approx(VALUES.var(ddof=1) / 4)


def test_over_groups_of_one_size_it_is_the_variance_of_the_mean_of_their_means() -> None:
    found = jackknife_variance(np.array([5.5, 2.5]), value=4.0)

    assert found == pytest.approx(np.var([2.5, 5.5], ddof=1) / 2)


def test_one_group_alone_tells_no_variance() -> None:
    assert jackknife_variance(np.array([np.nan]), value=4.0) == 0.0
