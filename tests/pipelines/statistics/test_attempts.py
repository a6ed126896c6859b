"""Attempts until acceptance: by hand, against lifelines, and what must hold of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time

from pipelines.statistics.attempts import AttemptsNeeded, attempts_until_acceptance
from pipelines.statistics.estimate import UNKNOWN, Estimate, share
from tests.pipelines.statistics.subjects import EXACT, SEEDS

ITEMS = st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=30)


def needed(*items: tuple[int, bool]) -> AttemptsNeeded:
    """Of items given as decided attempts and whether the last was accepted."""
    numbers, accepted = zip(*items, strict=True) if items else ((), ())
    return attempts_until_acceptance(np.array(numbers, np.int64), np.array(accepted, np.bool_))


def test_all_accepted_at_some_attempt_are_shares_and_a_mean() -> None:
    found = needed((1, True), (1, True), (2, True), (4, True))

    assert found.two_or_more.value == pytest.approx(2 / 4)
    assert found.three_or_more.value == pytest.approx(1 / 4)
    assert found.mean.value == pytest.approx(8 / 4)
    assert (found.items, found.largest) == (4, 4)


def test_an_item_rejected_so_far_needs_more_and_stands_for_those_that_go_on() -> None:
    # After the first attempt three of four go on; one stops being seen there, and of the other two
    # one needs a third attempt.
    found = needed((1, True), (1, False), (2, True), (3, True))

    assert found.two_or_more.value == pytest.approx(3 / 4)
    assert found.three_or_more.value == pytest.approx(3 / 4 * 1 / 2)
    assert found.mean.value == pytest.approx(1 + 3 / 4 + 3 / 8)


def test_an_item_without_a_decided_attempt_says_nothing() -> None:
    assert needed((0, False), (1, True), (2, False)) == needed((1, True), (2, False))


def test_of_no_decided_attempt_nothing_is_known() -> None:
    assert needed() == needed((0, False)) == AttemptsNeeded(0, 0, UNKNOWN, UNKNOWN, UNKNOWN)


def test_whether_a_third_is_needed_is_unknown_where_no_second_was_decided() -> None:
    found = needed((1, True), (1, False))

    assert found.two_or_more.value == 0.5
    assert found.three_or_more == UNKNOWN


def test_where_the_first_is_always_accepted_no_third_is_needed() -> None:
    found = needed((1, True), (1, True))

    assert found.two_or_more == found.three_or_more == share(0.0, 0.0, 2)
    # A second may have been missed as often as that share says.
    assert found.mean == Estimate(1.0, 1.0, 1 + (found.two_or_more.high or 0.0))


def test_to_be_refused_as_often_as_any_was_seen_to_be_is_to_need_one_more() -> None:
    found = needed((1, False), (1, False), (1, False))

    assert found.two_or_more.value == 1.0
    assert (found.mean.value, found.mean.high) == (2.0, 2.0)
    # A third is accepted at once, a third at the third attempt, a third needs a fourth.
    assert needed((1, True), (3, True), (3, False)).mean.value == pytest.approx((1 + 3 + 4) / 3)


def test_the_interval_of_the_mean_lies_between_one_and_one_more_than_the_largest_number() -> None:
    found = needed((1, True), (3, True), (3, False))

    assert found.mean.low is not None
    assert 1 <= found.mean.low < 8 / 3
    assert found.mean.high == 4


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_the_curve_of_lifelines_over_the_number(seed: int) -> None:
    random = np.random.default_rng(seed)
    numbers, accepted = random.geometric(0.5, 80), random.random(80) < 0.8
    found = attempts_until_acceptance(numbers, accepted)
    other = KaplanMeierFitter().fit(numbers, accepted)

    assert found.two_or_more.value == pytest.approx(other.predict(1), abs=EXACT)
    assert found.three_or_more.value == pytest.approx(other.predict(2), abs=EXACT)
    mean = restricted_mean_survival_time(other, numbers.max() + 1)
    assert found.mean.value == pytest.approx(mean, abs=EXACT)


@given(ITEMS)
def test_the_mean_is_one_and_the_chances_that_each_further_one_is_needed(
    items: list[tuple[int, bool]],
) -> None:
    found = needed(*[(min(number, 2), accepted) for number, accepted in items])

    further = [found.two_or_more.value, found.three_or_more.value][: found.largest]
    if found.mean.value is not None and found.largest <= 2:
        assert found.mean.value == pytest.approx(1 + sum(one or 0 for one in further), abs=EXACT)
        assert 1 <= found.mean.value <= found.largest + 1


@given(ITEMS)
def test_the_intervals_hold_their_values(items: list[tuple[int, bool]]) -> None:
    found = needed(*items)

    for one in (found.two_or_more, found.three_or_more, found.mean):
        if one.value is not None and one.low is not None and one.high is not None:
            assert one.low <= one.value <= one.high
