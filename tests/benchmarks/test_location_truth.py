from itertools import pairwise

import numpy as np
import pytest

from benchmarks.location_cells import CAUSES, NOTHING, SIZES, Cause, Cell, cells, side_cells
from benchmarks.location_flow import calendar_days
from benchmarks.location_life import BUILDING, DECIDING, READY, RELEASED, REVIEW, SHAPING, WONT_DO
from benchmarks.location_policy import DAYS
from benchmarks.location_teams import MOST, NORMAL, Rules
from benchmarks.location_truth import Company, company, truth

CALM = Cell("decision", NOTHING)


def drawn(seed: int, cell: Cell = CALM) -> Company:
    return company(np.random.default_rng(seed), cell)


def usual(one: Company) -> list[Rules]:
    return [team.usual for team in one.teams]


def waits(one: Company, *words: str, first_only: bool = False) -> float:
    """Calendar days that a released item spends in some statuses."""
    lives = [life for team in one.lives(usual(one)) for life in team if life[-1].word == RELEASED]
    spent = 0.0
    for life in lives:
        moves = [step for step in life if step.word != "scope"]
        days = calendar_days(np.array([step.at for step in moves]))
        stays = [
            until - since
            for step, (since, until) in zip(moves, pairwise(days.tolist()), strict=False)
            if step.word in words
        ]
        spent += sum(stays[:1] if first_only else stays)
    return spent / len(lives)


def test_every_item_comes_to_an_end_and_time_never_runs_back() -> None:
    one = drawn(1)
    for team, fates in zip(one.lives(usual(one)), one.items, strict=True):
        assert len(team) == len(fates)
        for life, fate in zip(team, fates, strict=True):
            assert (life[0].at, life[0].word) == (fate.born_at, SHAPING)
            assert life[-1].word in (RELEASED, WONT_DO)
            assert all(before.at <= after.at for before, after in pairwise(life))


def test_no_team_builds_more_at_once_than_it_has_engineers() -> None:
    one = drawn(2)
    for team, lives in zip(one.teams, one.lives(usual(one)), strict=True):
        steps = list[tuple[float, int]]()
        for life in lives:
            moves = [step for step in life if step.word != "scope"]
            for before, after in pairwise(moves):
                # What was refused waits in the same status until somebody is free.
                if before.word == BUILDING and before.role == "engineering":
                    steps += [(before.at, 1), (after.at, -1)]
        most = max(np.cumsum([step for _, step in sorted(steps)]))
        assert most <= np.ceil(team.engineers * NORMAL.capacity / team.usual.capacity)


def test_without_a_shortage_nothing_grows() -> None:
    year, halves = 12 * 21.75, list[list[float]]([[], []])
    for seed in range(4):
        one = drawn(seed)
        for life in (life for team in one.lives(usual(one)) for life in team):
            if life[-1].word == RELEASED and life[0].at > year / 6:
                halves[life[0].at > year * 7 / 12].append(life[-1].at - life[0].at)
    assert np.mean(halves[1]) == pytest.approx(np.mean(halves[0]), rel=0.07)


def test_what_is_declared_is_what_a_company_shows_in_which_nothing_is_planted() -> None:
    some = [drawn(seed) for seed in range(6)]
    decision = np.mean([waits(one, DECIDING) for one in some])
    approval = np.mean([waits(one, REVIEW, "Further Review") for one in some])
    queue = np.mean([waits(one, READY, first_only=True) for one in some])
    assert decision == pytest.approx(DAYS["decision_wait_days"], rel=0.1)
    assert approval == pytest.approx(DAYS["approval_wait_days"], rel=0.1)
    assert queue == pytest.approx(DAYS["queue_wait_days"], rel=0.2)


@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_costs_what_its_cell_says_and_its_removal_saves_it(cause: Cause) -> None:
    cell = Cell(cause, "full")
    one = drawn(3, cell)
    found = truth(one, cell)
    assert found.saved[cause] == pytest.approx(SIZES["full"], abs=0.2)
    assert found.cause == cause
    assert max(found.saved[other] for other in CAUSES if other != cause) < SIZES["full"] / 3
    assert all(getattr(rules, cause) < getattr(MOST, cause) for rules in found.rules)


def test_half_of_the_teams_are_slowed_where_the_cell_says_so() -> None:
    cell = Cell("decision", "half", "half")
    one = drawn(4, cell)
    found = truth(one, cell)
    changed = {
        team.number
        for team, rules in zip(one.teams, found.rules, strict=True)
        if rules != team.usual
    }
    assert changed == one.slowed
    assert len(changed) == len(one.teams) // 2


def test_where_nothing_is_planted_no_removal_saves_much() -> None:
    found = truth(drawn(5), CALM)
    assert max(map(abs, found.saved.values())) < 1


def test_every_cell_has_a_name_of_its_own() -> None:
    every = [*cells(), *side_cells()]
    assert len({cell.name for cell in every}) == len(every)
