"""What must not matter to an effect does not."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.cohorts.cohorts import Metric
from pipelines.effects.designs import Teams
from pipelines.effects.intervention_effects import intervention_effects, judge_all
from pipelines.effects.judging import Question
from pipelines.effects.metric_sums import MetricSums
from pipelines.policy import Intervention
from tests.pipelines.frames import Row, at, cohort

CHANGED_ON = date(2025, 9, 1)
NO_TRAITS = pl.DataFrame(schema={"item_id": pl.String, "parent_id": pl.String})
_TOLD = ("estimate", "low", "high", "verdict", "design_grade", "caveats", "buckets_after")


def subjects(seed: int, *, weeks_later: int = 0, names: str = "AB") -> list[Row]:
    """A year of two teams: durations that vary, shorter in the first from the change on."""
    rows: list[Row] = []
    for week in range(60):
        for place, team in enumerate(names):
            for number in range(5):
                drawn = (seed * 31 + week * 17 + number * 11 + place * 7) % 13
                shorter = 4 if place == 0 and week >= 34 else 0
                rows.append(
                    {
                        "subject_id": f"{team}-{week}-{number}",
                        "team": team,
                        "item_type": ("Story", "Bug")[number % 2],
                        "entered_at": at("2025-01-07")
                        + timedelta(weeks=week + weeks_later, hours=number),
                        "followed_days": float(6 + drawn - shorter),
                        "snapshot_days": 7.0 * (64 - week),
                        "end": 1,
                    }
                )
    return rows


def judged(rows: list[Row], *, teams: tuple[str, ...] = ("A", "B"), weeks_later: int = 0) -> Any:
    change = Intervention(
        "Rule",
        "process",
        CHANGED_ON + timedelta(weeks=weeks_later),
        teams=teams[:1],
        primary_metric="lead_time_days",
    )
    sums = MetricSums.of(
        Metric("lead_time_days", "mean", 20.0), cohort(*rows), NO_TRAITS, zone="UTC"
    )
    found = judge_all([sums], Question((change,), Teams(teams, teams), "UTC"))
    return intervention_effects(found).select(_TOLD).row(0)


def close(one: Any, other: Any) -> bool:
    numbers = all(
        a == pytest.approx(b, rel=1e-5, abs=1e-6) for a, b in zip(one[:3], other[:3], strict=True)
    )
    return numbers and one[3:] == other[3:]


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 12), st.randoms(use_true_random=False))
def test_the_order_of_subjects_does_not_matter(seed: int, chance: Any) -> None:
    rows = subjects(seed)
    shuffled = chance.sample(rows, len(rows))

    assert judged(shuffled) == judged(rows)


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 12))
def test_a_team_that_is_neither_concerned_nor_compared_does_not_matter(seed: int) -> None:
    rows = subjects(seed)
    stranger: list[Row] = [
        {**row, "team": "C", "subject_id": f"C{row['subject_id']}"} for row in rows
    ]

    assert judged(rows + stranger) == judged(rows)


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 12), st.integers(1, 30))
def test_the_same_some_weeks_later_is_the_same(seed: int, weeks_later: int) -> None:
    later = judged(subjects(seed, weeks_later=weeks_later), weeks_later=weeks_later)

    assert close(later, judged(subjects(seed)))


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 12))
def test_names_do_not_matter(seed: int) -> None:
    renamed = judged(subjects(seed, names="YX"), teams=("Y", "X"))

    assert close(renamed, judged(subjects(seed)))


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 12), st.floats(0.5, 20))
def test_durations_in_another_unit_have_the_same_ratio(seed: int, factor: float) -> None:
    rows = subjects(seed)
    scaled = [{**row, "followed_days": row["followed_days"] * factor} for row in rows]
    one, other = (
        MetricSums.of(Metric("lead_time_days", "mean", 500.0), cohort(*told), NO_TRAITS, zone="UTC")
        for told in (
            [{**row, "snapshot_days": 600.0} for row in rows],
            [{**row, "snapshot_days": 600.0} for row in scaled],
        )
    )
    change = Intervention("Rule", "process", CHANGED_ON, teams=("A",))
    ratios = [
        intervention_effects(
            judge_all([sums], Question((change,), Teams(("A", "B"), ("A", "B")), "UTC"))
        )["ratio"][0]
        for sums in (one, other)
    ]

    assert ratios[0] == pytest.approx(ratios[1], rel=1e-4)
