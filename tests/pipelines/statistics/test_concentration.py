"""How many in fact decide: one, an evenly joint pair, or something between."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.statistics.concentration import (
    Floats,
    concentration,
    effective_number,
    entropy_number,
)
from pipelines.statistics.estimate import UNKNOWN, Estimate

_COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=6).filter(lambda acts: sum(acts) >= 10)
_LAW = settings(max_examples=200, deadline=None, database=None)


def effective(*acts: int) -> float:
    return float(effective_number(np.array(acts, dtype=float)))


def interval(counts: Floats) -> tuple[float, float, float]:
    """Lower end, value and upper end, where all three are known."""
    found = concentration(counts)
    assert found.low is not None
    assert found.value is not None
    assert found.high is not None
    return found.low, found.value, found.high


def test_one_party_alone_is_one() -> None:
    assert effective(12) == 1.0
    assert effective(12, 0, 0) == 1.0


def test_a_pair_is_two_but_for_the_correction_of_small_numbers() -> None:
    assert effective(5, 5) == pytest.approx(9 / 4)
    assert effective(5000, 5000) == pytest.approx(2, abs=0.001)


def test_a_rare_second_party_is_a_little_more_than_one() -> None:
    assert effective(9, 1) == pytest.approx(10 * 9 / (9 * 8))


def test_where_every_act_is_of_another_party_there_are_as_many_as_acts() -> None:
    assert effective(*[1] * 10) == 10.0


def test_there_are_never_more_parties_than_acts() -> None:
    assert effective(2, *[1] * 8) == 10.0


def test_nobody_is_no_number() -> None:
    assert np.isnan(effective(0, 0))


def test_the_sum_of_squared_shares_is_unbiased() -> None:
    random = np.random.default_rng(7)
    acts = random.multinomial(10, (0.7, 0.3), size=20_000).astype(float)

    assert np.mean(1 / effective_number(acts)) == pytest.approx(0.7**2 + 0.3**2, abs=0.005)


@_LAW
@given(_COUNTS)
def test_it_lies_between_one_and_its_bound(acts: list[int]) -> None:
    many, total = sum(1 for act in acts if act), sum(acts)
    bound = total if many == total else min(total, many * (total - 1) / (total - many))

    assert 1 - 1e-12 <= effective(*acts) <= bound + 1e-9


@_LAW
@given(_COUNTS, st.randoms(use_true_random=False))
def test_neither_number_knows_who_is_who(acts: list[int], random: Random) -> None:
    shuffled = list(acts)
    random.shuffle(shuffled)

    assert effective(*shuffled) == pytest.approx(effective(*acts))
    assert entropy_number(np.array(shuffled, dtype=float)) == pytest.approx(
        entropy_number(np.array(acts, dtype=float))
    )


def test_the_entropy_number_is_that_of_the_shares_and_its_correction() -> None:
    assert entropy_number(np.array([10.0, 0.0])) == 1.0
    assert entropy_number(np.array([10.0, 10.0])) == pytest.approx(2 * np.exp(1 / 40))


def test_a_single_cluster_has_a_value_and_no_interval() -> None:
    assert concentration(np.array([[5.0, 5.0]])) == Estimate(effective(5, 5))


def test_clusters_that_are_all_alike_have_a_value_and_no_interval() -> None:
    assert concentration(np.array([[2.0, 2.0]] * 12)) == Estimate(effective(24, 24))


def test_no_clusters_know_nothing() -> None:
    assert concentration(np.zeros((0, 0))) == UNKNOWN


def test_one_party_in_few_clusters_may_have_missed_another() -> None:
    few, many = (concentration(np.ones((clusters, 1))) for clusters in (10, 1000))

    assert (few.value, few.low) == (1.0, 1.0)
    assert few.high == pytest.approx(1.67, abs=0.01)
    assert many.high == pytest.approx(1.01, abs=0.01)


def test_the_interval_holds_the_value_and_shrinks_with_the_clusters() -> None:
    pair = [[2.0, 0.0], [1.0, 1.0]]
    few, many = (interval(np.tile(pair, (pairs, 1))) for pairs in (8, 200))

    for low, value, high in (few, many):
        assert low <= value <= high
    assert many[2] - many[0] < (few[2] - few[0]) / 3


def test_the_interval_covers_the_truth_of_an_uneven_pair() -> None:
    random = np.random.default_rng(11)
    truth = 1 / (0.7**2 + 0.3**2)
    samples = [random.multinomial(2, (0.7, 0.3), size=20).astype(float) for _ in range(200)]

    covered = [low <= truth <= high for low, _, high in map(interval, samples)]
    assert np.mean(covered) > 0.88
