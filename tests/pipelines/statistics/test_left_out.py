"""Curves without each group in turn: the same as if they were estimated anew."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.cohorts.cohorts import Outcomes
from pipelines.statistics.left_out import LeftOut

HORIZON = 6.0
SUBJECTS = st.tuples(
    st.integers(0, 8),  # entry, half days
    st.integers(0, 16),  # followed, half days
    st.integers(0, 2),
    st.integers(0, 3),
)


def anew(outcomes: Outcomes, kind: str) -> float:
    one = outcomes.from_the_start()
    if not len(one):
        return float("nan")
    if kind == "mean":
        return one.survival().restricted_mean(HORIZON)[0]
    return one.incidence().at(HORIZON)[0]


@pytest.mark.parametrize("entered", [True, False])
@given(rows=st.lists(SUBJECTS, min_size=1, max_size=30))
def test_a_curve_without_a_group_is_that_of_the_others(
    rows: list[tuple[int, int, int, int]], *, entered: bool
) -> None:
    table = np.array(rows, dtype=np.float64)
    outcomes = Outcomes(
        table[:, 0] / 2 if entered else np.zeros(len(rows)),
        table[:, 1] / 2,
        table[:, 2].astype(np.int64),
        np.full(len(rows), np.nan),
    )
    _, groups = np.unique(table[:, 3], return_inverse=True)

    left = LeftOut(outcomes.followed_days, outcomes.ends, outcomes.entries, horizon=HORIZON)
    found = {"mean": left.restricted_means(groups), "share": left.incidences(groups)}
    for kind, values in found.items():
        expected = [anew(outcomes.part(groups != one), kind) for one in range(groups.max() + 1)]
        assert values == pytest.approx(expected, rel=1e-12, abs=1e-12, nan_ok=True)
