"""Reading a step curve: ages at which a share has gone, and how sure they are."""

import numpy as np
import pytest

from pipelines.statistics.kaplan_meier import kaplan_meier
from pipelines.statistics.step_curves import quantile_limits


def limits(ages: list[float], events: list[int], share: float) -> tuple[float | None, float | None]:
    curve = kaplan_meier(np.array(ages, np.float64), np.array(events) == 1)
    return quantile_limits(curve.ages, curve.survival, curve.variance, share=share)


def test_a_bound_of_a_quantile_that_its_limits_do_not_reach_is_unknown() -> None:
    assert limits([1, 2, 3, 4], [1, 0, 0, 0], 0.25) == (1, None)


@pytest.mark.parametrize("ages", [[5.0], [5.0, 5.0, 5.0]])
def test_where_all_end_at_once_a_quantile_is_not_certain(ages: list[float]) -> None:
    assert limits(ages, [1] * len(ages), 0.5) == (None, None)


def test_that_nothing_is_left_in_the_sample_is_no_upper_bound() -> None:
    assert limits([1, 2, 3], [1, 1, 1], 0.5) == (1, None)
    assert limits([float(age) for age in range(1, 41)], [1] * 40, 0.5) == (14, 26)
    assert limits([float(age) for age in range(1, 11)], [1] * 10, 0.95)[1] is None
