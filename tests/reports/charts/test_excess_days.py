from typing import Any

from reports.charts import excess_days as chart
from tests.reports import factories as f


def said(*causes: dict[str, Any]) -> str:
    return chart.finding(f.frame("constraints", list(causes)))


def test_the_finding_names_the_cause_that_is_shown_to_cost_most() -> None:
    named = "Queue: Ready costs most, in 97% of all draws of the weeks"
    assert said(f.cause("queue:Ready")) == named


def test_the_finding_names_none_where_the_first_may_cost_nothing_or_is_one_of_several() -> None:
    none = "No single cause stands out beyond what is normal"
    assert said(f.unsure_cause("queue:Ready")) == none
    assert said(f.cause("queue:Ready", verdict="one_of_several")) == none


def test_where_nothing_is_ranked_the_finding_is_the_question() -> None:
    assert said(f.cause("queue:Ready", None)) == said() == chart.QUESTION
