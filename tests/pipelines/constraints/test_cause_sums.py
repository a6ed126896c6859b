"""Sums by cell: teams, types and weeks that are told apart, and the rest of them."""

from dataclasses import replace

import pytest

from pipelines.constraints.cause_sums import cause_sums
from tests.pipelines.constraints import told_lives
from tests.pipelines.constraints.told_lives import life, sums


def test_a_cell_is_a_team_a_type_and_a_week() -> None:
    lives = [life(0, queue=1.0), life(0, queue=1.0), life(1, queue=1.0), life(0, "WEB", queue=1.0)]
    found = sums([*lives, replace(life(0, queue=1.0), item_type="Bug")])
    cells = zip(found.teams, found.weeks - found.weeks.min(), found.items, strict=True)
    assert sorted(cells) == [("PAY", 0, 1), ("PAY", 0, 2), ("PAY", 7, 1), ("WEB", 0, 1)]


def test_teams_that_are_not_shown_are_one() -> None:
    lives = [life(0, "A", queue=1.0), life(0, "B", queue=1.0), life(0, "C", queue=1.0)]
    found = cause_sums(
        told_lives.items(lives),
        told_lives.segments(lives),
        told_lives.visits(lives),
        told_lives.handoffs(lives),
        horizon=90.0,
        teams=("A",),
        types=("Story",),
    )
    assert len(found.teams) == 2
    assert found.items.sum() == 3


def test_the_sums_of_the_cells_are_those_of_the_whole() -> None:
    lives = [life(week, team, queue=2.0, touch=1.0) for week in range(6) for team in ("A", "B")]
    found = sums(lives)
    parts = [found.of(found.teams == team) for team in ("A", "B")]
    together = sum(part.sums.sum(axis=0) for part in parts)
    assert together == pytest.approx(found.sums.sum(axis=0))
