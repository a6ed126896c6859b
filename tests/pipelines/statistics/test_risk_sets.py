"""Who is at risk: entry before the age, exit at it or after."""

import numpy as np
import pytest

from pipelines.statistics.risk_sets import entries_at_risk, numbers_at, numbers_at_risk


@pytest.mark.parametrize(
    ("entry", "leaves", "expected"),
    [
        pytest.param(0, 5, 1, id="watched from the beginning, leaves later"),
        pytest.param(0, 3, 1, id="leaves at the age"),
        pytest.param(0, 2, 0, id="left before"),
        pytest.param(2, 5, 1, id="entered before"),
        pytest.param(3, 5, 0, id="enters at the age"),
        pytest.param(4, 5, 0, id="enters later"),
    ],
)
def test_who_is_at_risk_of_an_end_at_age_three(entry: float, leaves: float, expected: int) -> None:
    exits = np.array([float(leaves)])
    entered = entries_at_risk(exits, np.array([float(entry)]))

    assert numbers_at_risk(np.array([3.0]), exits, entered).tolist() == [expected]


def test_without_entries_all_are_at_risk_of_an_end_at_age_zero() -> None:
    exits = np.array([0.0, 2.0])

    assert numbers_at_risk(np.zeros(1), exits, entries_at_risk(exits, None)).tolist() == [2]
    assert numbers_at_risk(np.zeros(1), exits, entries_at_risk(exits, np.zeros(2))).tolist() == [2]


def test_exits_are_counted_at_the_ages_asked_for() -> None:
    exits = np.array([3.0, 1.0, 3.0])

    assert numbers_at(np.array([1.0, 2.0, 3.0]), exits).tolist() == [1, 0, 2]
