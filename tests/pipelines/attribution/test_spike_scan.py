"""Seats and people that compete."""

from dataclasses import replace

import numpy as np
import pytest

from pipelines.attribution.seat_model import Projected
from pipelines.attribution.spike_scan import EVEN, USUAL, Candidates, Prior, Scan, scan

ALL = Candidates(
    is_seat=np.array([True, True, False, False]),
    may_be=np.ones(4, dtype=bool),
    likeness=np.zeros((2, 2)),
    separable=np.ones(2, dtype=bool),
    confounded=np.zeros(2, dtype=bool),
    overlap=np.eye(4, dtype=bool),
)


def independent(*effects: float, information: float = 100.0) -> Projected:
    """Columns that have nothing in common, each seen with these effects."""
    across = np.diag([information] * len(effects) + [0.0])
    across[:-1, -1] = across[-1, :-1] = information * np.array(effects)
    return Projected(across[None], np.zeros(1))


def looked(projected: Projected, candidates: Candidates = ALL, prior: Prior = USUAL) -> Scan:
    return scan(projected, candidates, prior, spread=1.0, useful=0.2)


def test_the_probability_of_nobody_is_that_of_bayes_written_out() -> None:
    grid = np.linspace(0, 5, 200_001)
    density = np.exp(-(grid**2) / 2) * np.sqrt(2 / np.pi)
    factors = [
        np.trapezoid(density * np.exp(100 * seen * grid - 50 * grid**2), grid)
        for seen in (0.05, -0.1, 0.1, 0.0)
    ]
    joint = np.array([0.15, 0.15, 0.1, 0.1]) * factors
    seen = looked(independent(0.05, -0.1, 0.1, 0.0))
    assert seen.none == pytest.approx(0.5 / (0.5 + joint.sum()), rel=1e-6)
    assert seen.weights == pytest.approx(joint / (0.5 + joint.sum()), rel=1e-6)
    assert seen.found == ()


def test_what_is_believed_of_an_excess_is_that_of_bayes_written_out_and_never_below_nothing() -> (
    None
):
    grid = np.linspace(0, 5, 200_001)
    effects = (0.05, -0.1, 0.1, -2.0)
    seen = looked(independent(*effects))
    for place, effect in enumerate(effects):
        density = np.exp(-(grid**2) / 2 + 100 * effect * grid - 50 * grid**2)
        density = density / density.sum()
        mean = float((density * grid).sum())
        spread = float(np.sqrt((density * (grid - mean) ** 2).sum()))
        assert seen.means[place] == pytest.approx(mean, rel=5e-3)
        assert seen.deviations[place] == pytest.approx(spread, rel=5e-3)


def test_a_large_excess_is_found_and_named() -> None:
    for column, label in ((1, "seat"), (2, "person")):
        found = looked(independent(*np.eye(4)[column])).found
        assert [(one.column, one.label, one.why) for one in found] == [
            (column, label, "told_apart")
        ]


def test_an_excess_has_one_sign() -> None:
    assert looked(independent(0.0, -1.0, 0.0, -1.0)).found == ()


def test_what_is_too_small_to_matter_is_not_found_however_sure() -> None:
    assert looked(independent(0.15, 0.0, 0.0, 0.0, information=1e5)).found == ()


def test_three_at_most_are_found_one_after_the_other() -> None:
    found = looked(independent(0.8, 0.9, 1.0, 1.1)).found
    assert [one.column for one in found] == [3, 2, 1]


@pytest.mark.parametrize(
    ("candidates", "why"),
    [
        (replace(ALL, likeness=np.array([[0.96, 0], [0, 0]])), "same_cells"),
        (replace(ALL, separable=np.array([False, True])), "never_replaced"),
        (replace(ALL, confounded=np.array([True, False])), "confounded"),
    ],
)
def test_a_person_who_cannot_be_told_from_a_seat_is_not_named(
    candidates: Candidates, why: str
) -> None:
    found = looked(independent(0.0, 0.0, 1.0, 0.0), candidates).found
    assert [(one.label, one.why) for one in found] == [("seat_or_person", why)]


def test_a_seat_that_one_person_held_for_all_time_is_not_named_either() -> None:
    same = replace(ALL, likeness=np.array([[1.0, 0], [0, 0]]))
    for prior in (USUAL, EVEN):
        found = looked(independent(1.0, 0.0, 1.0, 0.0), same, prior).found
        assert (found[0].label, found[0].why) == ("seat_or_person", "same_cells")


def test_two_columns_that_are_nearly_as_good_are_undecided() -> None:
    near = np.array([[100.0, 99.9, 99.9], [99.9, 100.0, 99.9], [99.9, 99.9, 0.0]])
    pair = Candidates(
        np.array([True, False]),
        np.ones(2, dtype=bool),
        np.zeros((1, 1)),
        np.ones(1, dtype=bool),
        np.zeros(1, dtype=bool),
        np.ones((2, 2), dtype=bool),
    )
    found = looked(Projected(near[None], np.zeros(1)), pair).found
    assert [(one.label, one.why) for one in found] == [("seat_or_person", "undecided")]


def test_who_does_not_count_is_no_hypothesis() -> None:
    few = replace(ALL, may_be=np.array([True, True, False, True]))
    assert looked(independent(0.0, 0.0, 1.0, 0.0), few).found == ()
