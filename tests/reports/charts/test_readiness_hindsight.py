from reports.charts import readiness_hindsight as chart
from reports.reading import reading
from tests.reports import factories as f
from tests.reports.drawn import layers_on, records


def test_a_rule_is_a_pair_of_counts_then_and_today() -> None:
    frame = f.frame("readiness_rules", [f.rule("criteria", 1)])
    drawn = chart.readiness_hindsight(frame).to_dict()
    row = records(drawn)[0]
    assert (row["passes"], row["passes_now"]) == (230, 371)
    assert row["detail"] == "160 failed, 141 of them filled in later"
    assert layers_on(drawn, "x")[1:4] == [
        ("rule", "passes"),
        ("point", "passes"),
        ("point", "passes_now"),
    ]


def test_the_title_sets_readiness_beside_hindsight() -> None:
    frame = f.frame(
        "metric_summaries",
        [f.summary("readiness_pass_rate", 0.34), f.summary("readiness_pass_rate_now", 0.81)],
    )
    then, now = (reading(frame, f"readiness_pass_rate{end}") for end in ("", "_now"))
    assert chart.finding(then, now) == (
        "34% of handoffs were ready; judged on today's values it would be 81%"
    )


def test_without_both_rates_the_title_is_the_question() -> None:
    nothing = reading(f.frame("metric_summaries", []), "readiness_pass_rate")
    assert chart.finding(nothing, nothing) == chart.QUESTION


def test_the_table_is_of_the_handoffs_at_which_the_rule_could_be_judged() -> None:
    rules = f.frame("readiness_rules", [f.rule("estimate", 1, passes=230, fails=160, checks=412)])
    assert chart.table(rules).rows == (("estimate", "390", "230", "141", "371"),)
