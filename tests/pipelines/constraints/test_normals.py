"""Normals: what was declared, else the best quartile of teams, else of own quarters, else none."""

import pytest

from pipelines.constraints.cause_figures import cause_figures
from pipelines.constraints.cause_sums import CauseSums
from pipelines.constraints.normals import Normals, declared_normal
from tests.pipelines.constraints.told_lives import BACK, Life, life, sent_back, sums

DECISION = "decision_wait:Roadmap"


def normals(told: CauseSums, teams: tuple[str, ...] = (), **declared: float) -> Normals:
    compared = tuple(cause_figures(told.of(told.teams == team)) for team in teams)
    return Normals(declared, compared, told)


def waits(days_of: dict[str, float], weeks: int = 30) -> list[Life]:
    """Weeks in which each team waits for so long, give or take a day."""
    return [
        life(week, team, decision_wait=days + (week % 3 - 1), touch=1.0)
        for team, days in days_of.items()
        for week in range(weeks)
    ]


def test_what_was_declared_comes_first() -> None:
    told = sums(waits({"A": 5.0}))
    found = normals(told, decision_wait_days=1.0).of([DECISION])[DECISION]
    assert (found.values.tolist(), found.source) == ([1.0], "declared")


def test_a_cause_that_is_named_itself_comes_before_its_kind() -> None:
    declared = {"queue_wait_days": 1.0, "queue:Ready": 4.0}
    assert declared_normal("queue:Ready", declared) == 4.0
    assert declared_normal("queue:Other", declared) == 1.0


def test_a_rate_of_rejections_is_compared_as_odds() -> None:
    assert declared_normal(BACK, {"rejection_rate": 0.2}) == pytest.approx(0.25)


def test_work_has_no_normal() -> None:
    assert declared_normal("touch:Build", {"touch:Build": 1.0}) is None


def test_of_four_teams_the_best_quartile_is_normal() -> None:
    told = sums(waits({"A": 2.0, "B": 4.0, "C": 6.0, "D": 8.0}))
    found = normals(told, ("A", "B", "C", "D")).of([DECISION])[DECISION]
    assert found.source == "best_quartile_team"
    # Of 2, 4, 6 and 8 the lower quartile is 3.5; hardly drawn to their mean.
    assert found.values[0] == pytest.approx(3.5, abs=0.02)
    assert found.values.std() > 0


def test_of_three_teams_none_is_compared_and_quarters_are() -> None:
    lives = [
        life(week, team, decision_wait=2.0 if week // 13 in (1, 2) else 6.0 + week % 2, touch=1.0)
        for team in ("A", "B", "C")
        for week in range(65)
    ]
    found = normals(sums(lives), ("A", "B", "C")).of([DECISION])[DECISION]
    assert found.source == "own_best_quarter"
    assert found.values[0] == pytest.approx(2.0, abs=0.2)


def test_of_three_quarters_there_is_no_normal() -> None:
    assert normals(sums(waits({"A": 5.0}, weeks=39))).of([DECISION]) == {}


def test_teams_that_differ_by_chance_alone_have_their_mean_for_normal() -> None:
    days = dict.fromkeys("ABCD", 5.0)
    lives = [
        life(week, team, decision_wait=wait + (week * 7 + place * 3) % 5 - 2, touch=1.0)
        for place, (team, wait) in enumerate(days.items())
        for week in range(35)
    ]
    found = normals(sums(lives), ("A", "B", "C", "D")).of([DECISION])[DECISION]
    assert found.values[0] == pytest.approx(5.0, abs=0.1)


def test_a_team_to_which_fewer_than_ten_came_is_not_compared() -> None:
    lives = [
        *waits({"A": 2.0, "B": 4.0, "C": 6.0}),
        *(life(week, "D", touch=1.0) for week in range(30)),
    ]
    lives += [sent_back(0, "D", queued=1.0, loop=1.0)]
    assert normals(sums(lives), ("A", "B", "C", "D")).of([DECISION]) == {}
