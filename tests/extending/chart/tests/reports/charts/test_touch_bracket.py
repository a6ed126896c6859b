from reports.charts import touch_bracket as chart
from tests.reports import factories as f
from tests.reports.drawn import records

_TOLD = {
    "scope": "organisation",
    "items": 20,
    "efficiency_low": 0.1,
    "efficiency_low_low": 0.05,
    "efficiency_low_high": 0.2,
    "efficiency_high": 0.4,
    "efficiency_high_low": 0.3,
    "efficiency_high_high": 0.5,
}


def test_the_title_is_the_bracket_and_each_end_has_its_interval() -> None:
    frame = f.frame("flow_efficiency", [_TOLD])
    assert chart.finding(frame) == "Worked on for 10% to 40% of the time until it is finished"
    most, least = records(chart.touch_bracket(frame).to_dict())
    assert (most["low"], most["rate"], most["high"]) == (0.3, 0.4, 0.5)
    assert (least["value"], least["detail"]) == ("10%", "5% to 20%")


def test_of_nineteen_items_nothing_is_drawn() -> None:
    frame = f.frame("flow_efficiency", [{**_TOLD, "items": 19}])
    assert chart.finding(frame) == chart.QUESTION
    assert chart.table(frame).rows == ()
