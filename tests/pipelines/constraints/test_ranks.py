"""Ranks: which cause is first, how sure, and under which normals."""

import numpy as np
import pytest

from pipelines.constraints.ranks import Ranks, ranks


def told(*causes: tuple[float, float], normal: tuple[float, ...] | None = None) -> Ranks:
    """Causes by their days and how far these stray from draw to draw."""
    random = np.random.Generator(np.random.PCG64(1))
    owned = np.array([[days for days, _ in causes]])
    spread = np.array([by for _, by in causes])
    draws = owned + spread * random.standard_normal((999, len(causes)))
    owned = np.concatenate([owned, draws])
    return ranks(owned, np.zeros_like(owned) + np.array(normal or (0.0,) * len(causes)))


def test_one_that_is_larger_in_every_draw_is_the_constraint() -> None:
    found = told((6.0, 0.5), (2.0, 0.5))
    assert found.rank.tolist() == [1, 2]
    assert found.probability_first.tolist() == [1.0, 0.0]
    assert found.in_set.tolist() == [True, False]
    assert [found.verdict(0), found.verdict(1)] == ["constraint", "not_the_constraint"]


def test_two_that_cannot_be_told_apart_are_both_named() -> None:
    found = told((3.1, 1.0), (3.0, 1.0))
    assert found.in_set.tolist() == [True, True]
    assert [found.verdict(0), found.verdict(1)] == ["one_of_several", "one_of_several"]
    assert found.probability_first.sum() == pytest.approx(1.0)


def test_one_that_is_first_only_under_this_normal_hangs_on_it() -> None:
    # Ten days of which six are thought normal, against eight of which five are.
    found = told((10.0, 0.1), (8.0, 0.1), normal=(6.0, 5.0))
    assert found.probability_first[0] == 1.0
    assert 0.5 < found.survives[0] < 0.9
    assert found.verdict(0) == "depends_on_what_is_normal"


def test_where_everything_is_better_than_normal_nothing_is_the_constraint() -> None:
    found = told((1.0, 0.1), (2.0, 0.1), normal=(3.0, 3.0))
    assert found.excess.tolist() == [-2.0, -1.0]
    assert found.probability_first.tolist() == [0.0, 0.0]
    assert {found.verdict(0), found.verdict(1)} == {"not_the_constraint"}


def test_an_interval_holds_its_value() -> None:
    found = told((6.0, 0.5), (2.0, 0.5), (0.0, 0.0))
    assert (found.low <= found.excess).all()
    assert (found.excess <= found.high).all()
