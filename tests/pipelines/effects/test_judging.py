"""Why nothing can be said of a change where none of the teams it names is there to be judged."""

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
