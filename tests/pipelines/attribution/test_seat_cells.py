"""Cells of teams, months and who sat there."""

import numpy as np
import pytest

from pipelines.attribution.handed_over import ordered
from pipelines.attribution.seat_cells import seat_cells
from pipelines.attribution.within_cells import within_cells
from tests.pipelines.attribution.edges import cells_of, edge, month, rows

TOLD = rows(
    ("A", 0, "ann", "zoe", 1.0),
    ("A", 0, "ann", "zoe", 3.0),
    ("A", 0, "bob", "zoe", 5.0),
    ("A", 2, "bob", None, 4.0),
    ("B", 0, "zoe", "zoe", 0.0),
)


def test_a_cell_is_the_mean_of_its_items() -> None:
    cells = cells_of(TOLD)
    assert cells.values.tolist() == [2.0, 5.0, 4.0, 0.0]
    assert cells.items.tolist() == [2, 1, 1, 1]
    assert cells.months == (month(0), month(1), month(2))
    assert cells.month.tolist() == [0, 0, 2, 0]
    assert cells.people == ("ann", "bob", "zoe")
    assert cells.sides.tolist() == [[0, 2], [1, 2], [1, -1], [2, 2]]


def test_more_items_are_known_better() -> None:
    cells = cells_of(TOLD)
    assert cells.variances[0] == pytest.approx(cells.variances[1] / 2)


def test_who_holds_both_sides_counts_once() -> None:
    cells = cells_of(TOLD)
    assert cells.held().toarray().tolist() == [[1, 0, 1], [0, 1, 1], [0, 1, 0], [0, 0, 1]]
    assert cells.seated().toarray().tolist() == [[1, 0], [1, 0], [1, 0], [0, 1]]


def test_rules_and_kinds_are_taken_out() -> None:
    frame = edge({"A": [("ann", 6)], "B": [("bob", 6)]}, items=40)
    slower = frame.with_columns(value=frame["value"] + 2 * frame["rule"])
    sorted_rows = ordered(slower, ["rule"])
    fit = within_cells(sorted_rows, ["rule"])
    without = np.array(sorted_rows["value"] - fit.shifts["rule"] * sorted_rows["rule"])
    kind = np.array([fit.kinds.get(one, 0.0) for one in sorted_rows["kind"]])
    mean = (without - kind)[:40].mean()
    assert seat_cells(sorted_rows, fit).values[0] == pytest.approx(mean)
