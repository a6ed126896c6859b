from reports.charts import rejection_rates as chart
from tests.reports import factories as f
from tests.reports.drawn import layers_on, records


def test_a_dot_stands_on_its_interval() -> None:
    frame = f.frame("handoff_rates", [f.handoff_rate("Shaping", "Ready for Dev")])
    drawn = chart.rejection_rates(frame).to_dict()
    row = records(drawn)[0]
    assert (row["low"], row["rate"], row["high"]) == (0.301, 0.347, 0.392)
    assert layers_on(drawn, "x")[1:3] == [("rule", "low"), ("point", "rate")]
    assert drawn["layer"][2]["encoding"]["x"]["scale"]["domain"] == [0, 1]


def test_a_short_value_leaves_the_room_of_a_telephone_to_the_name() -> None:
    frame = f.frame("handoff_rates", [f.handoff_rate("changes requested", "review required")])
    drawn = chart.rejection_rates(frame).to_dict()
    [limit] = [
        layer["mark"]["limit"]["expr"]
        for layer in drawn["layer"]
        if layer.get("encoding", {}).get("text", {}).get("field") == "name"
    ]
    assert limit == "width - 36"


def test_a_handoff_of_nineteen_attempts_has_no_dot_and_no_per_cent() -> None:
    frame = f.frame("handoff_rates", [f.handoff_rate("A", "B", attempts=19)])
    row = records(chart.rejection_rates(frame).to_dict())[0]
    assert (row["rate"], row["low"], row["value"]) == (None, None, "too few to say (19)")
    assert chart.table(frame).rows[0][1:3] == ("too few to say (19)", "")
    assert chart.finding(frame) == chart.QUESTION


def test_the_title_is_the_highest_probability_with_its_interval() -> None:
    frame = f.frame(
        "handoff_rates",
        [f.handoff_rate("A", "B"), f.handoff_rate("C", "D", rejection_rate=0.1)],
    )
    assert chart.finding(frame) == "35% of attempts on A → B are sent back (30 to 39%)"
