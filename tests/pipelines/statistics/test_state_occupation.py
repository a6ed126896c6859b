"""Mean time in states: by hand, against the plain mean, against a sum over thin slices of age."""

from random import Random
from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipelines.statistics.state_occupation import Lives, Stays, state_occupation

Floats = NDArray[np.float64]
Life: TypeAlias = tuple[float, list[tuple[int, float]], bool]
EXACT = 1e-9
QUEUE, BUILD, REWORK = range(3)


def population(*told: Life) -> tuple[Lives, Stays]:
    """Subjects by age when first watched, stays one after the other, and whether they are over."""
    entries, exits, rows = [], [], []
    for subject, (entry, stays, _) in enumerate(told):
        age = entry
        for state, length in stays:
            rows.append((subject, state, age, age + length))
            age += length
        entries.append(entry)
        exits.append(age)
    subjects, states, since, until = zip(*rows, strict=True)
    is_event = np.array([is_over for *_, is_over in told])
    return (
        Lives(np.array(exits), is_event, np.array(entries)),
        Stays(np.array(subjects), np.array(states), np.array(since), np.array(until)),
    )


def means(*told: Life, horizon: float) -> list[float]:
    found = state_occupation(*population(*told), states=3, horizon=horizon)
    return [float(one) for one in found]


# --- by hand -----------------------------------------------------------------------


def test_where_all_are_over_the_mean_is_the_plain_one() -> None:
    found = means(
        (0.0, [(QUEUE, 2.0), (BUILD, 4.0)], True), (0.0, [(QUEUE, 4.0)], True), horizon=100
    )

    assert found == pytest.approx([3, 2, 0])


def test_time_after_the_horizon_does_not_count() -> None:
    assert means((0.0, [(QUEUE, 2.0), (BUILD, 9.0)], True), horizon=5) == pytest.approx([2, 3, 0])


def test_who_is_not_over_stands_for_those_like_it_at_that_age() -> None:
    # From age 2 on the only subject still watched speaks for both.
    found = means(
        (0.0, [(QUEUE, 2.0)], False), (0.0, [(QUEUE, 2.0), (BUILD, 3.0)], True), horizon=100
    )

    assert found == pytest.approx([2, 3, 0])


def test_who_ended_takes_its_share_of_the_time_after_it() -> None:
    found = means(
        (0.0, [(QUEUE, 2.0)], True), (0.0, [(QUEUE, 2.0), (BUILD, 3.0)], True), horizon=100
    )

    assert found == pytest.approx([2, 1.5, 0])


def test_before_being_watched_a_subject_says_nothing() -> None:
    found = means(
        (0.0, [(QUEUE, 4.0)], True), (2.0, [(BUILD, 2.0), (REWORK, 2.0)], True), horizon=100
    )

    # One alone to age 2, two of them to age 4, and half of the population after that.
    assert found == pytest.approx([2 + 1, 1, 1])


def test_who_was_over_before_it_would_have_been_watched_counts_nowhere() -> None:
    lives = Lives(np.array([4.0, 1.0]), np.array([True, True]), np.array([0.0, 3.0]))
    stays = Stays(np.array([0]), np.array([QUEUE]), np.array([0.0]), np.array([4.0]))

    found = state_occupation(lives, stays, states=1, horizon=100)

    assert found.tolist() == pytest.approx([4])


def test_what_a_stay_says_of_the_time_before_and_after_the_life_is_left_out() -> None:
    lives = Lives(np.array([3.0]), np.array([True]), np.array([0.0]))
    beyond = Stays(np.array([0, 0]), np.array([0, 1]), np.array([-2.0, 4.0]), np.array([9.0, 8.0]))

    assert state_occupation(lives, beyond, states=2, horizon=10).tolist() == [3.0, 0.0]


def test_who_ended_at_age_zero_lowers_the_means_of_all() -> None:
    lives = Lives(np.array([0.0, 4.0]), np.array([True, True]))
    stays = Stays(np.array([1]), np.array([0]), np.array([0.0]), np.array([4.0]))

    assert state_occupation(lives, stays, states=1, horizon=10) == pytest.approx([2.0])


# --- laws --------------------------------------------------------------------------

_LENGTHS = st.integers(1, 40).map(lambda quarters: quarters / 4)
_STAYS = st.lists(st.tuples(st.integers(0, 2), _LENGTHS), min_size=1, max_size=5)
# The first is watched from the beginning, so that somebody is at every age up to its end.
_POPULATIONS = st.tuples(
    st.tuples(st.just(0.0), _STAYS, st.just(value=True)),
    st.lists(st.tuples(st.sampled_from((0.0, 0.0, 1.5, 4.0)), _STAYS, st.booleans()), max_size=12),
).map(lambda parts: [parts[0], *parts[1]])


@given(_POPULATIONS, st.integers(1, 100))
def test_the_means_sum_to_the_restricted_mean(told: list[Life], quarters: int) -> None:
    lives, stays = population(*told)
    horizon = min(quarters / 4, float(lives.exits[0]))

    whole, _ = lives.curve().restricted_mean(horizon)
    found = state_occupation(lives, stays, states=3, horizon=horizon)
    assert found.sum() == pytest.approx(whole, abs=EXACT)


@given(st.lists(_STAYS, min_size=1, max_size=12), st.integers(1, 100))
def test_without_censoring_it_is_the_plain_mean_of_the_time_within_the_horizon(
    lives: list[list[tuple[int, float]]], quarters: int
) -> None:
    horizon = quarters / 4
    found = means(*((0.0, stays, True) for stays in lives), horizon=horizon)

    plain = np.zeros(3)
    for stays in lives:
        age = 0.0
        for state, length in stays:
            plain[state] += max(0.0, min(horizon, age + length) - age) / len(lives)
            age += length
    assert found == pytest.approx(plain, abs=EXACT)


@given(_POPULATIONS, st.integers(1, 60))
def test_it_is_the_sum_over_thin_slices_of_age(told: list[Life], quarters: int) -> None:
    # Nothing changes but at quarters of a day: slices as thin as that make the integral exact.
    expected = np.zeros(3)
    for middle in np.arange(0.125, quarters / 4, 0.25):
        there = [_state_at(life, middle) for life in told]
        present = [state for state in there if state is not None]
        for state in present:
            expected[state] += 0.25 * _left_at(told, middle) / len(present)

    assert means(*told, horizon=quarters / 4) == pytest.approx(expected, abs=EXACT)


@given(_POPULATIONS, st.randoms(use_true_random=False))
def test_the_order_of_the_subjects_does_not_matter(told: list[Life], random: Random) -> None:
    mixed = list(told)
    random.shuffle(mixed)

    assert means(*mixed, horizon=12) == pytest.approx(means(*told, horizon=12), abs=EXACT)


def _state_at(life: Life, age: float) -> int | None:
    entry, stays, _ = life
    for state, length in stays:
        if entry < age <= entry + length:
            return state
        entry += length
    return None


def _left_at(told: list[Life], age: float) -> float:
    """The share left by an age, end by end."""
    spans = [
        (entry, entry + sum(length for _, length in stays), is_over)
        for entry, stays, is_over in told
    ]
    left = 1.0
    for end in sorted({exit_ for _, exit_, is_over in spans if is_over and exit_ <= age}):
        at_risk = sum((entry < end or entry == 0) and exit_ >= end for entry, exit_, _ in spans)
        left *= 1 - sum(exit_ == end and is_over for _, exit_, is_over in spans) / at_risk
    return left
