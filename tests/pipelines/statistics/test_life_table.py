"""Means from sums over cells of age: near the exact ones, and those of any group of subjects."""

import numpy as np
import pytest
from numpy.typing import NDArray

from pipelines.statistics.life_table import LifeTable
from pipelines.statistics.state_occupation import Lives, Stays, state_occupation

Floats = NDArray[np.float64]
HORIZON = 10.0


def sample(seed: int, size: int = 600, longest: float = 25.0) -> tuple[Lives, Stays]:
    """Two stays each, exponential, many censored; a tenth ends at once."""
    random = np.random.default_rng(seed)
    first, second = random.exponential(4, size), random.exponential(2, size)
    first[: size // 10] = second[: size // 10] = 0.0
    seen = random.uniform(0, longest, size)
    exits = np.minimum(first + second, seen)
    moved = np.minimum(first, exits)
    return Lives(exits, first + second <= seen), Stays(
        np.tile(np.arange(size), 2),
        np.repeat([0, 1], size),
        np.concatenate([np.zeros(size), moved]),
        np.concatenate([moved, exits]),
    )


def of_group(lives: Lives, stays: Stays, chosen: NDArray[np.bool_]) -> tuple[Lives, Stays]:
    """Some of the subjects alone."""
    place = np.cumsum(chosen) - 1
    theirs = chosen[stays.subjects]
    return Lives(lives.exits[chosen], lives.is_event[chosen]), Stays(
        place[stays.subjects[theirs]],
        stays.states[theirs],
        stays.since[theirs],
        stays.until[theirs],
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_means_are_nearly_the_exact_ones(seed: int) -> None:
    lives, stays = sample(seed)
    table = LifeTable.over(lives, states=2, horizon=HORIZON)
    sums = table.sums(lives, stays, np.zeros(len(lives.exits), np.int64))

    [[*found, whole]] = table.means(sums, sums)
    assert found == pytest.approx(
        state_occupation(lives, stays, states=2, horizon=HORIZON), rel=0.01
    )
    assert whole == pytest.approx(lives.curve().restricted_mean(HORIZON)[0], rel=0.01)


def test_the_states_of_a_partition_sum_to_the_whole() -> None:
    lives, stays = sample(5)
    table = LifeTable.over(lives, states=2, horizon=HORIZON)
    sums = table.sums(lives, stays, np.arange(len(lives.exits)) % 7)

    found = table.means(sums, sums.sum(axis=0, keepdims=True))
    assert found[:, 0] + found[:, 1] == pytest.approx(found[:, 2])


def test_the_row_of_a_group_is_what_the_group_alone_would_give() -> None:
    lives, stays = sample(6)
    table = LifeTable.over(lives, states=2, horizon=HORIZON)
    groups = np.arange(len(lives.exits)) % 3

    rows = table.sums(lives, stays, groups)
    alone = of_group(lives, stays, groups == 1)
    expected = table.sums(*alone, np.zeros(int((groups == 1).sum()), np.int64))
    assert rows[1] == pytest.approx(expected[0])


def test_in_a_cell_in_which_a_group_has_nobody_the_shares_of_all_hold() -> None:
    # The first group is over by age 1; what it would have done after that only the second knows.
    lives = Lives(np.array([1.0, 4.0]), np.array([False, True]))
    stays = Stays(
        np.array([0, 1, 1]),
        np.array([0, 0, 1]),
        np.array([0.0, 0.0, 1.0]),
        np.array([1.0, 1.0, 4.0]),
    )
    table = LifeTable(np.array([0.0, 1.0, 4.0]), 2)
    sums = table.sums(lives, stays, np.array([0, 1]))

    [first, _] = table.means(sums, sums.sum(axis=0, keepdims=True))
    assert first.tolist() == [1.0, 3.0, 4.0]


def test_who_came_or_was_lost_within_a_cell_counts_half() -> None:
    # At risk of the end at age 2: one from the beginning, a half that came, a half that was lost.
    lives = Lives(
        np.array([2.0, 9.0, 1.0]), np.array([True, False, False]), np.array([0.0, 1.0, 0.0])
    )
    stays = Stays(np.arange(3), np.zeros(3, np.int64), np.array([0.0, 1.0, 0.0]), lives.exits)
    table = LifeTable(np.array([0.0, 3.0]), 1)
    sums = table.sums(lives, stays, np.zeros(3, np.int64))

    # One of two ended: the share left falls from 1 to a half over three days.
    assert table.means(sums, sums)[0, -1] == pytest.approx(3 * 0.75)


def test_a_horizon_of_no_length_holds_no_time() -> None:
    lives, stays = sample(7)
    table = LifeTable.over(lives, states=2, horizon=0.0)
    sums = table.sums(lives, stays, np.zeros(len(lives.exits), np.int64))

    assert table.means(sums, sums).tolist() == [[0.0, 0.0, 0.0]]
