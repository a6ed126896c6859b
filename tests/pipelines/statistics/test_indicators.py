"""Which of many things each of many others has."""

import numpy as np

from pipelines.statistics.indicators import indicators


def test_a_place_that_is_named_twice_is_marked_once() -> None:
    found = indicators(np.array([0, 2, 0, 0]), np.array([1, 0, 1, 2]), (3, 3))
    assert found.toarray().tolist() == [[0, 1, 1], [0, 0, 0], [1, 0, 0]]
