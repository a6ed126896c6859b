from reports.charts import readiness_failures as chart
from tests.reports import factories as f
from tests.reports.drawn import records


def test_rules_keep_the_order_of_the_configuration() -> None:
    frame = f.frame("readiness_rules", [f.rule("estimate", 2), f.rule("criteria", 1)])
    rows = records(chart.readiness_failures(frame).to_dict())
    assert [(row["name"], row["rate"]) for row in rows] == [("criteria", 0.41), ("estimate", 0.41)]
    assert rows[0]["detail"] == "160 of 390 checks failed; 95% interval 36 to 46%"


def test_the_title_names_the_rule_that_fails_most() -> None:
    frame = f.frame(
        "readiness_rules", [f.rule("criteria", 1), f.rule("estimate", 2, fail_rate=0.2)]
    )
    assert chart.finding(frame) == "“criteria” fails most: at 41% of handoffs (36 to 46%)"


def test_a_rule_checked_too_rarely_has_a_count_and_no_rate() -> None:
    frame = f.frame("readiness_rules", [f.rule("criteria", 1, passes=10, fails=9)])
    row = records(chart.readiness_failures(frame).to_dict())[0]
    assert (row["rate"], row["value"]) == (None, "too few to say (19)")
    assert chart.finding(frame) == chart.QUESTION


def test_of_rules_that_never_failed_it_is_said_only_where_none_did() -> None:
    never = f.rule("criteria", 1, passes=40, fails=0, fail_rate=0.0)
    rare = f.rule("estimate", 2, passes=10, fails=5, fail_rate=0.33)
    told = [chart.finding(f.frame("readiness_rules", rules)) for rules in ([never], [never, rare])]
    assert told == [
        "No rule failed at any handoff",
        "No rule with checks enough to say failed at any handoff",
    ]


def test_rejection_with_and_without_failure_stands_in_the_table() -> None:
    frame = f.frame("readiness_rules", [f.rule("criteria", 1)])
    assert chart.table(frame).rows[0][-2:] == ("58%", "19%")
