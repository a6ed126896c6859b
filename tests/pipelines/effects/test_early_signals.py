"""What is told of a change early, beside other changes."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from pipelines.cohorts.cohorts import Metric
from pipelines.effects.designs import Teams
from pipelines.effects.early_signals import early_signals
from pipelines.effects.judging import Question
from pipelines.policy import Intervention
from tests.pipelines.frames import Row, at, cohort

METRIC = Metric("lead_time_days", "mean", 20.0)
AS_OF = at("2026-03-01")
BEGAN = at("2025-01-06")


def lives(team: str | None, *, halved_on: datetime | None = None) -> list[Row]:
    """Two items a day that take 6 to 18 days, or half of that if they begin on a day or later."""
    rows: list[Row] = []
    for number in range(2 * (AS_OF - BEGAN).days):
        entered = BEGAN + timedelta(hours=12 * number)
        lasts = 6.0 + number * 7 % 13
        lasts = lasts / 2 if halved_on is not None and entered >= halved_on else lasts
        age = (AS_OF - entered) / timedelta(days=1)
        rows.append(
            {
                "subject_id": f"{team}-{number}",
                "team": team,
                "entered_at": entered,
                "followed_days": min(lasts, age),
                "snapshot_days": age,
                "end": int(lasts <= age),
            }
        )
    return rows


def change(name: str, on: date, **more: Any) -> Intervention:
    """A change of team A, in force at once, unless it says otherwise."""
    return Intervention(name, "process", on, **{"washout_days": 0, "teams": ("A",), **more})


def told(changes: tuple[Intervention, ...], *rows: list[Row]) -> dict[str, Row]:
    question = Question(changes, Teams(("", "A", "B"), ("A", "B")), "UTC")
    one = cohort(*(row for part in rows for row in part))
    found = early_signals((METRIC, one), question, as_of=AS_OF)
    return {row["intervention"]: row for row in found.iter_rows(named=True)}


def test_a_change_of_yesterday_has_no_signal_of_the_one_before() -> None:
    rule, tool = change("Rule", date(2025, 12, 1)), change("Tool", date(2026, 2, 28))
    found = told((rule, tool), lives("A", halved_on=at("2025-12-01")), lives("B"))

    assert list(found) == ["Rule"]
    assert found["Rule"]["days_after"] == 90
    assert found["Rule"]["ratio"] == pytest.approx(0.5, abs=0.15)


def test_a_change_is_told_from_its_own_day_beside_an_older_one() -> None:
    rule, tool = change("Rule", date(2025, 7, 7)), change("Tool", date(2025, 12, 1))
    found = told((rule, tool), lives("A", halved_on=at("2025-07-07")), lives("B"))

    assert list(found) == ["Tool"]
    assert (found["Tool"]["days_after"], found["Tool"]["windows_after"]) == (90, 3)
    assert found["Tool"]["ratio"] == pytest.approx(1, abs=0.1)


def test_teams_that_are_changed_later_are_compared_with_until_then() -> None:
    rollout = {"A": date(2025, 11, 3), "B": date(2026, 1, 5)}
    rule = change("Rule", date(2025, 11, 3), teams=("A", "B"), rollout=rollout)
    found = told((rule,), lives("A"), lives("B", halved_on=at("2026-01-05")))

    assert found["Rule"]["windows_after"] == 2
    assert found["Rule"]["ratio"] == pytest.approx(1, abs=0.1)


def test_a_change_of_everybody_is_told_of_items_without_a_team_too() -> None:
    rule = change("Rule", date(2025, 12, 1), teams=())
    found = told((rule,), lives(None, halved_on=at("2025-12-01")))

    assert found["Rule"]["windows_after"] == 3
    assert found["Rule"]["ratio"] == pytest.approx(0.5, abs=0.15)


def test_a_team_that_another_rollout_has_yet_to_reach_is_compared_with() -> None:
    """What all teams had on that day is no effect of a change of one."""
    rollout = {"C": date(2025, 9, 1), "B": date(2026, 4, 6)}
    rule = change("Rule", date(2025, 12, 1))
    tool = change("Tool", date(2025, 9, 1), teams=("C", "B"), rollout=rollout)
    both = [lives(team, halved_on=at("2025-12-01")) for team in ("A", "B")]

    assert told((rule, tool), *both)["Rule"]["ratio"] == pytest.approx(1, abs=0.1)
