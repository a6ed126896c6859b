from reports.charts import handoff_edges as edges
from tests.reports import factories as f


def test_the_handoff_with_most_attempts_sent_back_is_first() -> None:
    frame = f.frame(
        "handoff_rates",
        [f.handoff_rate("A", "B", rejected=3), f.handoff_rate("C", "D", rejected=142)],
    )
    assert [edges.edge(row) for row in edges.worst(frame).iter_rows(named=True)] == [
        "C → D",
        "A → B",
    ]


def test_both_stages_of_a_long_name_can_be_read() -> None:
    assert edges.edge({"from_stage": "a" * 90, "to_stage": "b" * 90}, limit=10) == "aaaa… → bbbb…"


def test_what_is_left_out_is_counted() -> None:
    rows = [f.handoff_rate(f"S{n:02}", "T") for n in range(14)]
    assert edges.notes(f.frame("handoff_rates", rows[:10])) == ()
    assert edges.notes(f.frame("handoff_rates", rows)) == (
        "The 10 handoffs with most work sent back; 4 handoffs more in the table.",
    )
