"""The rows of attribution: always three classes, the verdict in each, and no person in any."""

from dataclasses import replace

import polars as pl

from pipelines.attribution.attribution_tables import (
    attribution_rows,
    identification_rows,
    rule_rows,
)
from pipelines.attribution.attribution_verdict import Attribution, Verdict
from pipelines.attribution.class_excess import ClassExcess
from pipelines.attribution.first_attempts import FirstAttempts
from pipelines.attribution.within_cells import RuleEffect
from pipelines.statistics.estimate import UNKNOWN, Estimate

ATTEMPTS = FirstAttempts(pl.DataFrame(), (), 40.0, "product", "engineering")
NOTHING = Attribution("none", "usual", 400, even_verdict="none")


def verdicts(found: Attribution, *, has_constraint: bool) -> list[tuple[str, str, str]]:
    rows = attribution_rows(found, ATTEMPTS, has_constraint=has_constraint)
    return rows.select("cause_class", "verdict", "reason").rows()


def test_a_verdict_stands_in_all_three_classes() -> None:
    found = Attribution("insufficient_data", "items", 12)
    assert verdicts(found, has_constraint=False) == [
        ("rule", "insufficient_data", "items"),
        ("seat", "insufficient_data", "items"),
        ("person", "insufficient_data", "items"),
    ]


def test_what_all_wait_for_alike_is_the_system() -> None:
    assert {row[1:] for row in verdicts(NOTHING, has_constraint=True)} == {
        ("structural", "common_cause")
    }
    assert {row[1:] for row in verdicts(NOTHING, has_constraint=False)} == {("none", "usual")}


def test_what_all_wait_for_alike_is_the_system_whatever_is_believed_before() -> None:
    def even(verdict: Verdict, *, has_constraint: bool) -> list[str | None]:
        found = replace(NOTHING, even_verdict=verdict)
        rows = attribution_rows(found, ATTEMPTS, has_constraint=has_constraint)
        return rows["verdict_even"].unique().to_list()

    assert even("none", has_constraint=True) == ["structural"]
    assert even("none", has_constraint=False) == ["none"]
    assert even("not_identifiable", has_constraint=True) == ["not_identifiable"]


def test_a_constraint_makes_no_verdict_where_something_is_there() -> None:
    found = Attribution("not_identifiable", "unsure", 400)
    assert {row[1] for row in verdicts(found, has_constraint=True)} == {"not_identifiable"}


def test_days_and_their_intervals_are_told_by_class() -> None:
    person = ClassExcess(
        "person",
        is_found=True,
        excess=Estimate(0.1, 0.05, 0.15),
        days=Estimate(4.0, 2.0, 6.0),
        posterior=0.97,
        persistence=Estimate(0.1, 0.0, 0.4),
    )
    found = Attribution("individual", "person", 400, classes=(person,), people="fewer than 5")
    rows = attribution_rows(found, ATTEMPTS, has_constraint=True)
    told = rows.filter(pl.col("cause_class") == "person").row(0, named=True)
    assert (told["excess_days"], told["low"], told["high"]) == (4.0, 2.0, 6.0)
    assert told["posterior"] == 0.97
    assert (told["people"], told["verdict"]) == ("fewer than 5", "individual")


def test_what_became_of_a_delay_when_somebody_left_is_told_of_seats_alone() -> None:
    left = Estimate(0.9, 0.7, 1.1)
    classes = tuple(
        ClassExcess(cause, is_found=True, excess=UNKNOWN, days=None, persistence=left)
        for cause in ("seat", "person")
    )
    found = Attribution("mixed", "seat", 400, classes=classes)
    rows = attribution_rows(found, ATTEMPTS, has_constraint=False)
    assert rows.select("cause_class", "persistence").rows() == [
        ("rule", None),
        ("seat", 0.9),
        ("person", None),
    ]


def test_a_rule_is_told_in_days_for_who_meets_it_and_for_the_average_item() -> None:
    rule = RuleEffect(
        "readiness:criteria",
        "evaluable",
        0.5,
        Estimate(0.2231436, 0.1, 0.3),
        Estimate(0.1053605, 0.05, 0.15),
        0.001,
    )
    other = RuleEffect("several_deciders", "no_variation", 1.0, UNKNOWN, UNKNOWN, None)
    found = Attribution(
        "structural", "rule", 400, rules=(rule, other), found_rules=("readiness:criteria",)
    )
    first, second = rule_rows(found, 40.0).to_dicts()
    assert (first["rule"], first["rule_kind"], first["is_cause"]) == ("criteria", "readiness", True)
    assert round(first["met_days"], 3) == 8.0
    assert round(first["excess_days"], 3) == 4.0
    assert (second["rule"], second["rule_kind"], second["met_days"]) == (
        "several_deciders",
        "several_deciders",
        None,
    )


def test_where_nothing_was_looked_at_nothing_is_told_of_what_could_be() -> None:
    assert identification_rows(NOTHING).is_empty()
