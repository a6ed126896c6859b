"""How sure a mean time in a state is: by clusters, and how often the interval holds the truth."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import t

from pipelines.statistics.estimate import UNKNOWN, Estimate, mean
from pipelines.statistics.occupation_intervals import Occupation, occupation
from pipelines.statistics.state_occupation import Lives, Stays, state_occupation

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
HORIZON = 10.0
REPLICATIONS = 120


def sample(random: np.random.Generator, clusters: int, size: int) -> tuple[Lives, Stays, Integers]:
    """A queue and then work, in clusters in which all is twice as fast or twice as slow."""
    many = clusters * size
    pace = np.repeat(np.where(random.random(clusters) < 0.5, 0.5, 2.0), size)
    queue, work = random.exponential(4, many) * pace, random.exponential(2, many) * pace
    seen = random.uniform(0, 25, many)
    exits = np.minimum(queue + work, seen)
    begun = np.minimum(queue, exits)
    stays = Stays(
        np.tile(np.arange(many), 2),
        np.repeat([0, 1], many),
        np.concatenate([np.zeros(many), begun]),
        np.concatenate([begun, exits]),
    )
    return Lives(exits, queue + work <= seen), stays, np.repeat(np.arange(clusters), size)


def truth() -> Floats:
    """The mean times in queue and work within the horizon, by their formulas."""
    both = []
    for pace in (0.5, 2.0):
        queue, work = 1 / (4 * pace), 1 / (2 * pace)
        waiting = (1 - np.exp(-queue * HORIZON)) / queue
        working = (1 - np.exp(-work * HORIZON)) / work
        whole = (work * waiting - queue * working) / (work - queue)
        both.append((waiting, whole - waiting))
    times: Floats = np.array(both).mean(axis=0)
    return times


def steady(clusters: int) -> Occupation:
    """Subjects that all wait a day and work a day, one in each cluster."""
    many = np.arange(clusters)
    ones = np.ones(clusters)
    stays = Stays(
        np.tile(many, 2),
        np.repeat([0, 1], clusters),
        np.concatenate([0 * ones, ones]),
        np.concatenate([ones, 2 * ones]),
    )
    lives = Lives(2 * ones, np.ones(clusters, np.bool_))
    return occupation(lives, stays, many, states=2, horizon=HORIZON)


def test_the_values_are_the_exact_ones() -> None:
    lives, stays, clusters = sample(np.random.default_rng(1), 30, 5)
    found = occupation(lives, stays, clusters, states=2, horizon=HORIZON)

    exact = state_occupation(lives, stays, states=2, horizon=HORIZON)
    assert [one.value for one in found.in_states] == pytest.approx(exact)
    assert [one.value for one in found.shares] == pytest.approx(exact / found.mean)
    assert found.mean == pytest.approx(exact.sum())


@pytest.mark.parametrize("clusters", [4, 30])
def test_an_interval_holds_its_value_and_no_more_than_there_can_be(clusters: int) -> None:
    found = occupation(*sample(np.random.default_rng(2), clusters, 5), states=2, horizon=HORIZON)

    for estimates, most in ((found.in_states, HORIZON), (found.shares, 1.0)):
        for value, low, high in ((one.value, one.low, one.high) for one in estimates):
            assert value is not None
            assert low is not None
            assert high is not None
            assert 0 <= low < value < high <= most


def test_the_interval_is_that_of_the_clusters_not_of_their_members() -> None:
    lives, stays, clusters = sample(np.random.default_rng(3), 12, 40)
    by_cluster = occupation(lives, stays, clusters, states=2, horizon=HORIZON)
    by_subject = occupation(lives, stays, np.arange(480), states=2, horizon=HORIZON)

    assert _width(by_cluster.in_states[0]) > 2 * _width(by_subject.in_states[0])


def test_few_clusters_have_a_t_interval_of_what_each_of_them_changes() -> None:
    # Uncensored and of two days for sure but for the state: the table is exact there.
    waits = np.array([0.4, 0.8, 1.0, 1.4])
    stays = Stays(
        np.tile(np.arange(4), 2),
        np.repeat([0, 1], 4),
        np.concatenate([np.zeros(4), waits]),
        np.concatenate([waits, np.full(4, 2.0)]),
    )
    lives = Lives(np.full(4, 2.0), np.ones(4, np.bool_))
    found = occupation(lives, stays, np.arange(4), states=2, horizon=2.0).in_states[0]

    margin = t.ppf(0.975, 3) * waits.std(ddof=1) / 2
    assert found.low == pytest.approx(max(0.0, waits.mean() - margin))
    assert found.high == pytest.approx(waits.mean() + margin)


def test_one_cluster_says_nothing_about_others() -> None:
    assert steady(1).in_states == (Estimate(1.0), Estimate(1.0))
    assert steady(1).shares == (Estimate(0.5), Estimate(0.5))


@pytest.mark.parametrize("clusters", [3, 20])
def test_where_all_clusters_are_alike_their_number_speaks(clusters: int) -> None:
    found = steady(clusters)

    for one, value, most in ((found.in_states[0], 1.0, HORIZON), (found.shares[0], 0.5, 1.0)):
        alike = mean(value, 0.0, horizon=most, observations=clusters)
        assert (one.low, one.high) == pytest.approx((alike.low, alike.high))


def test_where_everything_ended_at_once_there_is_nothing_to_share() -> None:
    lives = Lives(np.zeros(12), np.ones(12, np.bool_))
    nothing = np.zeros(0, np.int64)
    stays = Stays(nothing, nothing, nothing.astype(np.float64), nothing.astype(np.float64))
    found = occupation(lives, stays, np.arange(12), states=1, horizon=HORIZON)

    assert found.mean == 0.0
    assert found.shares == (UNKNOWN,)


@pytest.mark.parametrize(
    ("clusters", "size"), [(6, 40), pytest.param(40, 8, marks=pytest.mark.slow)]
)
def test_the_interval_holds_the_truth_about_as_often_as_it_says(clusters: int, size: int) -> None:
    random = np.random.default_rng(4)
    expected = truth()
    held = np.zeros(4)
    for _ in range(REPLICATIONS):
        found = occupation(*sample(random, clusters, size), states=2, horizon=HORIZON)
        aims = zip(
            (*found.in_states, *found.shares), (*expected, *expected / expected.sum()), strict=True
        )
        held += [_holds(one, value) for one, value in aims]

    # Of 95 %, with the error of 120 replications, and of drawing from some dozens of clusters.
    assert (held / REPLICATIONS > 0.88).all()
    assert (held / REPLICATIONS < 0.995).all()


def _width(one: Estimate) -> float:
    assert one.low is not None
    assert one.high is not None
    return one.high - one.low


def _holds(one: Estimate, value: float) -> bool:
    assert one.low is not None
    assert one.high is not None
    return one.low <= value <= one.high
