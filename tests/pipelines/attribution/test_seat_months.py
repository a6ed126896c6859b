"""Who was present when."""

import numpy as np
import pytest

from pipelines.attribution.seat_months import seat_months
from tests.pipelines.attribution.edges import cells_of, edge, rows


def test_a_person_is_present_with_his_share_of_the_items() -> None:
    half = [("A", 0, who, "zoe", 1.0) for who in ("ann", "bob")]
    once = [("A", 1, who, "zoe", 1.0) for who in ("ann",) * 4 + ("bob",) * 4 + ("cid",) * 2]
    unknown = [("A", 2, None, "zoe", 1.0)]
    months = seat_months(cells_of(rows(*half, *once, *unknown)))
    assert months.presence[0, 0].tolist() == [[0.5, 0.5, 0, 0], [0.4, 0.4, 0, 0], [0, 0, 0, 0]]
    assert months.items[0, 0].tolist() == [[1, 1, 0, 0], [4, 4, 0, 0], [0, 0, 0, 0]]
    assert months.volume.tolist() == [[2, 10, 1]]


def test_who_held_a_seat_for_all_time_is_that_seat() -> None:
    tenures = {"A": [("ann", 6)], "B": [("bob", 3), ("cid", 3)]}
    likeness = seat_months(cells_of(edge(tenures))).likeness()
    assert likeness[0, 0] == pytest.approx(1)
    assert likeness[1, 1] == pytest.approx(np.corrcoef([0, 0, 1, 1], [0, 0, 1, 0])[0, 1])
    assert likeness[0, 1] < 0
