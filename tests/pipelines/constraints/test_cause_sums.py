"""Sums by cell: teams, types and weeks that are told apart, and the rest of them."""

from dataclasses import replace

import pytest

from tests.pipelines.constraints.told_lives import life, sums


def test_a_cell_is_a_team_a_type_and_a_week() -> None:
    lives = [life(0, queue=1.0), life(0, queue=1.0), life(1, queue=1.0), life(0, "WEB", queue=1.0)]
    found = sums([*lives, replace(life(0, queue=1.0), item_type="Bug")])
    cells = zip(found.teams, found.weeks - found.weeks.min(), found.items, strict=True)
    assert sorted(cells) == [("PAY", 0, 1), ("PAY", 0, 2), ("PAY", 7, 1), ("WEB", 0, 1)]


def test_types_that_are_not_shown_are_one_and_teams_are_always_told_apart() -> None:
    lives = [
        replace(life(0, team, queue=1.0), item_type=kind)
        for team in ("A", "B")
        for kind in ("Story", "Bug", "Spike")
    ]
    found = sums(lives)
    assert sorted(zip(found.teams, found.items, strict=True)) == [
        ("A", 1),
        ("A", 2),
        ("B", 1),
        ("B", 2),
    ]


def test_the_sums_of_the_cells_are_those_of_the_whole() -> None:
    lives = [life(week, team, queue=2.0, touch=1.0) for week in range(6) for team in ("A", "B")]
    found = sums(lives)
    parts = [found.of(found.teams == team) for team in ("A", "B")]
    together = sum(part.sums.sum(axis=0) for part in parts)
    assert together == pytest.approx(found.sums.sum(axis=0))
