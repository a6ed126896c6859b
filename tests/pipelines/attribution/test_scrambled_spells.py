"""Tenures turned against the months of their seats."""

import numpy as np
from numpy.typing import NDArray

from pipelines.attribution.scrambled_spells import scrambled_p

Floats = NDArray[np.float64]


def tenures(*handovers: int) -> Floats:
    """Two holders of each seat in eighteen months, of whom the first leaves after so many."""
    held = np.zeros((len(handovers), 18, 2 * len(handovers)))
    for team, at in enumerate(handovers):
        held[team, :at, 2 * team] = 1.0
        held[team, at:, 2 * team + 1] = 1.0
    return held


HELD = tenures(3, 5, 7, 9, 12, 14)


def noise(seed: int) -> Floats:
    return np.random.default_rng(seed).normal(0, 0.3, (6, 18))


def test_a_tenure_that_fits_the_excess_stands_out() -> None:
    values = noise(1)
    values[2, :7] += 1.2
    assert scrambled_p(values, np.ones((6, 18)), HELD, 4) < 0.05


def test_where_all_seats_change_hands_at_once_nobody_stands_out() -> None:
    values = noise(1)
    values[2, :7] += 1.2
    assert scrambled_p(values, np.ones((6, 18)), tenures(7, 7, 7, 7, 7, 7), 4) > 0.05


def test_by_chance_few_stand_out() -> None:
    found = [scrambled_p(noise(seed), np.ones((6, 18)), HELD, seed % 12) for seed in range(100)]
    assert np.mean(np.array(found) < 0.05) <= 0.05


def test_who_held_a_seat_for_all_time_cannot_stand_out_in_it() -> None:
    held = tenures(3, 5, 18, 9, 12, 14)
    values = noise(2)
    values[2] += 3.0
    assert scrambled_p(values, np.ones((6, 18)), held, 4) == 1.0


def test_a_slow_seat_is_no_evidence_against_its_holders() -> None:
    values = noise(3)
    slow = values.copy()
    slow[2] += 3.0
    ones = np.ones((6, 18))
    assert scrambled_p(slow, ones, HELD, 4) == scrambled_p(values, ones, HELD, 4)


def test_months_without_an_item_do_not_matter() -> None:
    values, weights = noise(4), np.ones((6, 18))
    values[2, :7] += 1.2
    weights[:, 5] = 0.0
    before = scrambled_p(values, weights, HELD, 4)
    values[:, 5] = 1e6
    assert scrambled_p(values, weights, HELD, 4) == before


def test_one_month_says_nothing() -> None:
    assert scrambled_p(np.ones((6, 1)), np.ones((6, 1)), HELD[:, :1], 4) == 1.0


def test_it_is_the_same_twice() -> None:
    ones = np.ones((6, 18))
    assert scrambled_p(noise(5), ones, HELD, 3) == scrambled_p(noise(5), ones, HELD, 3)
