"""Months, teams, people and shocks, against matrices written out."""

from itertools import product

import numpy as np
import pytest

from pipelines.attribution.column_effects import ColumnEffects
from pipelines.attribution.seat_cells import SeatCells
from pipelines.attribution.seat_model import COARSE, FINE, Grid, SeatModel
from pipelines.attribution.usual_differences import usual_differences
from tests.pipelines.attribution.edges import cells_of, edge

CELLS = cells_of(
    edge(
        {"A": [("ann", 4), ("bob", 4)], "B": [("bob", 3), ("cid", 5)], "C": [("dan", 8)]},
        slow={"bob": 0.8},
    )
)


def written_out(
    cells: SeatCells, memory: float, shock: float, person: float, team: float
) -> tuple[np.ndarray, float]:
    """The projection of one guess and twice its restricted log likelihood, but for a constant."""
    caps = [max(0.1, cap) for cap in usual_differences(cells)]
    same_team = cells.team[:, None] == cells.team
    apart = np.abs(cells.month[:, None] - cells.month)
    held = cells.held().toarray()
    noise = (
        np.diag(cells.variances)
        + same_team * (min(team, caps[0]) ** 2 + shock**2 * memory**apart)
        + 0.2**2 * (apart == 0)
        + min(person, caps[1]) ** 2 * held @ held.T
    )
    inverse = np.linalg.inv(noise)
    weight = inverse.sum()
    projection = inverse - np.outer(inverse.sum(axis=0), inverse.sum(axis=0)) / weight
    explained = cells.values @ projection @ cells.values
    return projection, -np.linalg.slogdet(noise)[1] - np.log(weight) - explained


def test_products_and_likelihoods_are_those_of_matrices_written_out() -> None:
    projected = SeatModel(CELLS, scale=1.0).projected()
    columns = np.column_stack([CELLS.seated().toarray(), CELLS.held().toarray(), CELLS.values])
    guesses = product(FINE.memories, FINE.shocks, FINE.people, FINE.teams)
    constants = []
    for number, (memory, shock, person, team) in enumerate(guesses):
        if number % 29:
            continue
        projection, twice = written_out(CELLS, memory, shock[0], person[0], team[0])
        expected = columns.T @ projection @ columns
        assert projected.across[number] == pytest.approx(expected, abs=1e-8)
        prior = np.log(shock[1] * person[1] * team[1])
        constants.append(projected.log_weights[number] - prior - twice / 2)
    assert constants == pytest.approx([constants[0]] * len(constants), abs=1e-8)


def weighed(grid: Grid) -> list[float]:
    sides = (grid.shocks, grid.teams, grid.people)
    return [sum(weight for _, weight in side) for side in sides]


def test_what_is_believed_before_adds_up_to_one() -> None:
    for grid in (FINE, COARSE):
        assert weighed(grid) == pytest.approx([1.0, 1.0, 1.0])


def test_a_coarse_grid_says_nearly_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    fine = ColumnEffects.of(SeatModel(CELLS, scale=1.0).projected(), [4], spread=1.0)
    monkeypatch.setattr("pipelines.attribution.seat_model.MOST_COLUMNS", 5)
    coarse = ColumnEffects.of(SeatModel(CELLS, scale=1.0).projected(), [4], spread=1.0)
    assert len(coarse.weights) == 24
    one, other = (each.total(np.ones(1)) for each in (fine, coarse))
    assert other.mean() == pytest.approx(one.mean(), abs=0.5 * one.deviation())
    assert other.deviation() == pytest.approx(one.deviation(), rel=0.3)


def test_weights_add_up_and_scores_are_the_last_column() -> None:
    projected = SeatModel(CELLS, scale=1.0).projected()
    assert projected.weights().sum() == pytest.approx(1)
    assert projected.scores().shape == projected.information().shape == (240, 3 + 7)


def test_a_column_that_is_free_is_as_one_more_random_effect() -> None:
    model = SeatModel(CELLS, scale=1.0)
    taken = model.projected().without(1, spread=0.7)
    projection, _ = written_out(CELLS, 0.0, 0.05, 0.03, 0.05)
    column = CELLS.seated().toarray()[:, 1]
    inner = column @ projection @ column + 0.7**-2
    left = projection - projection @ np.outer(column, column) @ projection / inner
    columns = np.column_stack([CELLS.seated().toarray(), CELLS.held().toarray(), CELLS.values])
    assert taken.across[0] == pytest.approx(columns.T @ left @ columns, abs=1e-8)


def test_other_columns_can_be_asked_for() -> None:
    asked = SeatModel(CELLS, scale=1.0).projected(CELLS.held()[:, :2])
    every = SeatModel(CELLS, scale=1.0).projected()
    assert asked.scores() == pytest.approx(every.scores()[:, 3:5], abs=1e-9)
