"""What the step model is fitted to."""

import numpy as np

from pipelines.effects.contrasts import independent
from pipelines.statistics.step_series import Observed

WEEKS = np.arange(10.0)


def observed(*, is_comparison: bool = False) -> Observed:
    sides = np.repeat([False, is_comparison], 10) if is_comparison else np.zeros(10, dtype=bool)
    times = np.tile(WEEKS, 2) if is_comparison else WEEKS
    many = len(times)
    return Observed(times, np.zeros(many), np.ones(many), sides, np.ones(many))


def since(week: int, one: Observed) -> np.ndarray:
    return ((one.times >= week) & ~one.is_comparison).astype(float)


def test_a_step_that_falls_together_with_an_earlier_one_is_no_step_of_its_own() -> None:
    one = observed()
    columns = np.column_stack([since(4, one), since(4, one), since(7, one)])

    assert independent(one, columns).tolist() == columns[:, [0, 2]].tolist()


def test_a_step_before_the_first_bucket_is_the_level() -> None:
    one = observed()
    columns = np.column_stack([since(4, one), since(0, one)])

    assert independent(one, columns).tolist() == columns[:, :1].tolist()


def test_the_levels_of_both_series_are_levels() -> None:
    one = observed(is_comparison=True)
    columns = np.column_stack([since(4, one), since(0, one)])

    assert independent(one, columns).shape == (20, 1)


def test_no_step_is_no_column() -> None:
    one = observed()

    assert independent(one, np.zeros((10, 0))).shape == (10, 0)
