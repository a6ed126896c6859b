"""What was planted is what came out, read from the truth alone."""

from datetime import UTC, datetime
from typing import Any

import pytest

from roadworthy.simulator import Organisation, Scenario, simulate
from roadworthy.simulator.parameters import parameters, rates

Row = dict[str, Any]
TREATED, OTHERS = ("Payments", "Web"), ("Data", "Operations")
ENDS_AT = datetime(2026, 1, 5, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("teams", "period", "rate", "low", "high"),
    [
        (TREATED, "before", "rejection_rate", 0.35, 0.45),
        (TREATED, "after", "rejection_rate", 0.07, 0.17),
        (OTHERS, "before", "rejection_rate", 0.33, 0.45),
        (OTHERS, "after", "rejection_rate", 0.28, 0.45),
        (TREATED, "before", "readiness_pass_rate", 0.20, 0.36),
        (TREATED, "after", "readiness_pass_rate", 0.78, 0.95),
        (OTHERS, "after", "readiness_pass_rate", 0.20, 0.40),
        (TREATED, "before", "on_time_rate", 0.30, 0.52),
        (TREATED, "after", "on_time_rate", 0.75, 1.00),
        (OTHERS, "after", "on_time_rate", 0.25, 0.52),
        (TREATED, "after", "slip_rate", 0.00, 0.25),
        (OTHERS, "after", "slip_rate", 0.38, 0.65),
    ],
)
def test_the_rates_are_near_those_planted(
    organisation: Organisation,
    *,
    teams: tuple[str, ...],
    period: str,
    rate: str,
    low: float,
    high: float,
) -> None:
    assert low <= rates(organisation, teams=teams, period=period)[rate] <= high


def test_the_verdicts_fall_as_often_as_the_chances_they_were_drawn_with(
    organisation: Organisation,
) -> None:
    for teams in (TREATED, OTHERS):
        found = rates(organisation, teams=teams, period="before")
        assert abs(found["rejection_rate"] - found["rejection_rate_planned"]) < 0.05


def test_the_coaching_moved_nothing(truth: dict[str, list[Row]]) -> None:
    started, coached, ended = ("2024-07-06", "2025-01-05", "2025-07-01")
    halves = []
    for low, high in ((started, coached), (coached, ended)):
        rows = [
            row
            for row in truth["handoffs"]
            if row["failed_rules"] is not None
            and low <= row["handed_at"] < high
            and row["verdict"] != "undecided"
        ]
        halves.append(sum(row["verdict"] == "rejected" for row in rows) / len(rows))
    assert abs(halves[0] - halves[1]) < 0.06


def test_without_effect_the_treated_teams_go_on_as_before() -> None:
    scenario = Scenario(arrivals_a_week=1.2).without_effect()
    found = rates(simulate(11, ends_at=ENDS_AT, scenario=scenario), teams=TREATED, period="after")
    assert found["rejection_rate"] > 0.25


def test_a_missing_estimate_costs_nothing_and_missing_criteria_cost_most(
    truth: dict[str, list[Row]],
) -> None:
    chances: dict[tuple[str, ...], list[float]] = {}
    for row in truth["handoffs"]:
        if row["failed_rules"] is not None:
            chances.setdefault(tuple(row["failed_rules"]), []).append(row["rejection_chance"])
    mean = {failed: sum(values) / len(values) for failed, values in chances.items()}
    assert abs(mean["estimate",] - mean[()]) < 0.02
    assert mean["acceptance criteria",] - mean[()] > 0.38


def test_after_the_protocol_each_right_is_used_by_its_owner(truth: dict[str, list[Row]]) -> None:
    rows = [
        row
        for row in truth["decision_changes"]
        if row["team"] in TREATED
        and row["changed_at"] > "2025-10-01"
        and row["is_out_of_role"] is not None
        and not row["is_contest"]
    ]
    assert {row["decision_right"] for row in rows} == {"priority", "timeline"}
    assert len(rows) > 100
    assert sum(row["is_out_of_role"] for row in rows) / len(rows) < 0.02


def test_releases_slip_in_every_quarter_before_and_in_none_of_the_treated_after(
    truth: dict[str, list[Row]],
) -> None:
    releases = [row for row in truth["commitments"] if row["subject_kind"] == "release"]
    before = [r for r in releases if r["original_on"] < "2025-07-01" and r["is_on_time"] is False]
    after = [r for r in releases if r["original_on"] > "2025-07-01" and r["team"] in TREATED]
    assert {r["original_on"][:7] for r in before} == {"2024-09", "2024-12", "2025-03", "2025-06"}
    assert [r["is_on_time"] for r in after] == [True] * len(after)
    assert after


def test_the_parameters_say_what_was_planted(organisation: Organisation) -> None:
    found = parameters(organisation)
    assert found["protocol_day"] == 365
    assert found["before"]["bypass"] == 0.12
    assert set(found["teams"]) == {*TREATED, *OTHERS}
    assert found["teams"]["Payments"]["before"]["handoffs"] > 200
