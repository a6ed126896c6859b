from reports.charts import handoff_verdicts as chart
from tests.reports import factories as f
from tests.reports.drawn import layers_on, records


def test_each_handoff_is_five_pieces_that_stack_in_a_fixed_order() -> None:
    frame = f.frame("handoff_rates", [f.handoff_rate("Shaping", "Ready for Dev")])
    drawn = chart.handoff_verdicts(frame).to_dict()
    pieces = [(row["verdict"], row["attempts"]) for row in records(drawn)]
    assert pieces == [
        ("accepted", 231),
        ("rejected", 142),
        ("recalled", 18),
        ("dropped", 12),
        ("undecided", 9),
    ]
    assert layers_on(drawn, "order")[0] == ("bar", "place")
    assert layers_on(drawn, "x")[1] == ("bar", "late_returns")


def test_the_handoff_that_bounces_most_is_first_and_is_the_finding() -> None:
    frame = f.frame(
        "handoff_rates",
        [f.handoff_rate("A", "B", rejected=3), f.handoff_rate("C", "D", rejected=142)],
    )
    assert records(chart.handoff_verdicts(frame).to_dict())[0]["name"] == "C → D"
    assert chart.finding(frame) == "C → D bounces most: 142 of 412 attempts were sent back"


def test_where_nothing_is_sent_back_the_title_says_so() -> None:
    frame = f.frame("handoff_rates", [f.handoff_rate("A", "B", rejected=0)])
    assert chart.finding(frame) == "None of the attempts on 1 handoff was sent back"


def test_more_handoffs_than_fit_are_listed_and_said_to_be_left_out() -> None:
    rows = [f.handoff_rate(f"S{n:02}", "T") for n in range(14)]
    frame = f.frame("handoff_rates", rows)
    assert len(records(chart.handoff_verdicts(frame).to_dict())) == 10 * 5
    assert len(chart.table(frame).rows) == 14
    assert chart.notes(frame) == (
        "The 10 handoffs with most work sent back; 4 handoffs more in the table.",
    )
