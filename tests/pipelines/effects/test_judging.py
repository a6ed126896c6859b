"""Why nothing can be said of teams that are not there; whether a roll-out is told by months."""

from datetime import timedelta

import pytest

from pipelines.cohorts.cohorts import Metric
from pipelines.effects.designs import Teams
from pipelines.effects.judging import Question, judged
from pipelines.effects.metric_sums import MetricSums
from pipelines.policy import Intervention
from tests.pipelines.effects.test_laws_of_effects import CHANGED_ON, NO_TRAITS, subjects
from tests.pipelines.frames import cohort

METRIC = Metric("lead_time_days", "mean", 20.0)


@pytest.mark.parametrize(
    ("team", "caveat"), [("B", "no_team_may_be_shown"), ("Paymnts", "no_items")]
)
def test_a_team_without_items_is_no_team_that_is_too_small(team: str, caveat: str) -> None:
    change = Intervention("Rule", "process", CHANGED_ON, teams=(team,))
    sums = MetricSums.of(METRIC, cohort(*subjects(1)), NO_TRAITS, zone="UTC")
    found = judged(change, sums, None, Question((change,), Teams(("A", "B"), ("A",)), "UTC"))
    assert (found.verdict, found.caveats) == ("not_enough_data", (caveat,))


def test_a_roll_out_is_told_by_months_where_one_of_its_teams_has_few_a_week() -> None:
    """Each team is judged by itself, however much begins in all of them together."""
    few = [row for row in subjects(1, names="ABC") if not row["subject_id"].endswith(("-3", "-4"))]
    change = Intervention(
        "Rule",
        "process",
        CHANGED_ON,
        rollout={"A": CHANGED_ON, "B": CHANGED_ON + timedelta(weeks=8)},
        primary_metric="lead_time_days",
    )
    teams = Teams(("A", "B", "C"), ("A", "B", "C"))
    sums = MetricSums.of(METRIC, cohort(*few), NO_TRAITS, zone="UTC")
    found = judged(change, sums, None, Question((change,), teams, "UTC"))
    assert [one.unit for one in found.contrasts] == ["month", "month"]
    assert "too_few_items_for_weeks" in found.caveats
    assert "too_few_items_in_a_bucket" not in found.caveats
