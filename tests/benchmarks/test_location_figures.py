import polars as pl
import pytest

from benchmarks.location import SEEDS
from benchmarks.location_cells import CAUSES, Cause, Cell
from benchmarks.location_figures import (
    EVERY,
    PRODUCT,
    Outcome,
    Said,
    line,
    outcome,
    rows_of,
    sums_of,
    targets,
)
from benchmarks.location_judge import said
from benchmarks.location_words import names_cause, names_stage

CONSTRAINTS = pl.DataFrame(
    [
        ("organisation", 2, "scope_rework", 0.06, True, "candidate"),
        ("organisation", 1, "decision_wait:Decide", 0.94, True, "constraint"),
        ("organisation", 3, "queue:Ready for Dev", 0.0, False, "candidate"),
        ("team:Team 1", 1, "scope_rework", 0.99, True, "constraint"),
    ],
    schema=["scope", "rank", "cause", "probability_first", "in_rank_set", "verdict"],
    orient="row",
)


def judged(word: str | None, true: Cause, *, probability: float = 0.95) -> Outcome:
    told = Said(PRODUCT, word, probability, "constraint" if probability > 0.9 else "")
    return outcome(Cell(true, "full"), 1, true, told)


@pytest.mark.parametrize(
    ("word", "causes"),
    [
        ("decision_wait:Decide", {"decision"}),
        ("approval_wait:Review", {"approvals"}),
        ("rework:Decide->Ready for Dev", {"readiness"}),
        ("rework:Build->Review", set()),
        ("scope_rework", {"scope"}),
        ("queue:Ready for Dev", {"capacity", "intake"}),
        ("touch:Build", set()),
        ("stage:Build", {"capacity"}),
        ("", set()),
    ],
)
def test_a_word_names_the_causes_it_can_mean(word: str, causes: set[Cause]) -> None:
    assert {cause for cause in CAUSES if names_cause(word, cause)} == causes


@pytest.mark.parametrize(
    ("word", "causes"),
    [
        ("touch:Build", {"scope", "capacity"}),
        ("stage:Ready for Dev", {"readiness", "capacity", "intake"}),
        ("rework:Build->Review", {"approvals"}),
        ("scope_rework", {"scope"}),
        ("", set()),
    ],
)
def test_a_word_names_a_stage_in_which_a_cause_is_at_home(word: str, causes: set[Cause]) -> None:
    assert {cause for cause in CAUSES if names_stage(word, cause)} == causes


def test_the_first_of_the_organisation_is_what_the_product_names() -> None:
    found = said(CONSTRAINTS, PRODUCT, 12.0)
    assert (found.word, found.probability, found.verdict) == (
        "decision_wait:Decide",
        0.94,
        "constraint",
    )
    assert found.named == {"decision_wait:Decide", "scope_rework"}
    assert said(CONSTRAINTS.clear(), PRODUCT, 12.0).word is None


def test_rows_tell_how_often_the_cause_was_named_and_how_often_surely() -> None:
    found = [
        judged("scope_rework", "scope"),
        judged("touch:Build", "scope"),
        judged("scope_rework", "scope", probability=0.5),
        judged("decision_wait:Decide", "decision"),
    ]
    rows = {row.planted: row for row in (*rows_of(found), *sums_of(found))}
    assert (rows["scope"].cause, rows["scope"].stage) == pytest.approx((2 / 3, 1))
    assert (rows["scope"].sure, rows["scope"].sure_right) == pytest.approx((2 / 3, 0.5))
    assert (rows[EVERY].replications, rows[EVERY].cause) == (4, 0.75)
    assert all(line(row).startswith(row.planted) for row in rows.values())


def test_targets_tell_by_how_much_they_are_missed() -> None:
    found = [judged("scope_rework", "scope"), judged("touch:Build", "decision")]
    told = list(targets(list(sums_of(found))))
    assert told[0].startswith("names the cause, full size, clean log >= 0.90\n    0.500")
    assert "MISSED by 0.400" in told[0]


def test_what_is_tuned_on_is_not_what_is_judged_on() -> None:
    assert not set(SEEDS["tuning"]) & set(SEEDS["gate"])
