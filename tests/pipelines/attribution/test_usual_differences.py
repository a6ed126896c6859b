"""Usual differences that one culprit cannot move."""

import numpy as np
import pytest

from pipelines.attribution.usual_differences import usual_differences
from tests.pipelines.attribution.edges import cells_of, edge

TEAMS = {f"team {number}": [(f"sender {number}", 12)] for number in range(9)}


def test_it_is_the_median_distance_of_team_means_for_a_normal_distribution() -> None:
    slow = {f"team {number}": 0.1 * number for number in range(9)}
    team, _ = usual_differences(cells_of(edge(TEAMS, slow_team=slow, items=400)))
    assert team == pytest.approx(1.4826 * 0.2 * 9 / 8.2, rel=0.1)


def test_one_bad_seat_hardly_moves_it() -> None:
    calm, _ = usual_differences(cells_of(edge(TEAMS)))
    bad, _ = usual_differences(cells_of(edge(TEAMS, slow_team={"team 3": 5.0})))
    assert bad < 2 * calm < 0.3


def test_one_team_alone_differs_from_nobody() -> None:
    assert np.isinf(usual_differences(cells_of(edge({"A": [("ann", 6)]})))[0])
