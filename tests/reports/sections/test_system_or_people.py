"""The first question: is it the system or the people, where, and how sure."""

from typing import Any

import pytest

from pipelines.diagnosis.patterns import PATTERNS as LOOKED_FOR
from reports.section import Section
from reports.sections.system_or_people import PATTERNS, system_or_people
from tests.reports.factories import cause, cause_class, facts, report_data

DECISION, QUEUE = "decision_wait:Roadmap", "queue:Ready"
CLASSES = ("rule", "seat", "person")


def told(
    causes: list[dict[str, Any]], classes: dict[str, Any] | None = None, **tables: Any
) -> Section:
    found = [cause_class(name, **(classes or {})) for name in CLASSES]
    return system_or_people(report_data(None, constraints=causes, attribution=found, **tables))


def test_the_verdict_and_the_constraint_are_one_sentence() -> None:
    assert told([cause(DECISION)]).finding == (
        "It is the system: of 20 days an item takes, 7.0 (6.0 to 8.0) go to waiting for Roadmap "
        "beyond what you declared to be normal"
    )


def test_a_constraint_that_hangs_on_the_normal_says_so() -> None:
    found = told([cause(DECISION, verdict="depends_on_what_is_normal")]).finding
    assert found is not None
    assert found.endswith(", if that is what you regard as normal")


def test_several_that_may_be_it_are_all_named() -> None:
    several = {"verdict": "one_of_several"}
    found = told([cause(DECISION, 1, **several), cause(QUEUE, 2, **several)]).finding
    assert found == (
        "It is the system: no single cause can be named; most days are lost to waiting for Roadmap "
        "and queue: Ready"
    )


def test_without_a_normal_nothing_is_called_a_constraint() -> None:
    section = told([cause(DECISION, None)], {"verdict": "none", "reason": "usual"})
    assert section.finding == "No rule, seat or person stands out"
    (note,) = section.figures[0].notes
    assert note.startswith("1 cause with no named normal: declare one under [benchmarks]")


def test_too_little_to_tell_people_from_the_system_leaves_the_constraint() -> None:
    little = {"verdict": "insufficient_data", "reason": "people", "excess_days": None}
    section = told([cause(DECISION)], {**little, "verdict_even": None})
    assert section.finding is not None
    assert section.finding.startswith("Of 20 days an item takes, 7.0")
    assert len(section.figures) == 1


def test_an_individual_part_names_nobody_and_sends_the_reader_to_the_system_first() -> None:
    person = {"verdict": "individual", "reason": "person", "people": "fewer than 5"}
    section = told([cause(DECISION)], {**person, "verdict_even": "individual"})
    (sentence,) = section.lead
    assert sentence.startswith("A part of the delay follows fewer than 5 people")
    assert "names and ranks nobody" in sentence


def test_what_all_wait_for_alike_is_nobodys_doing() -> None:
    common = {"reason": "common_cause", "verdict_even": "none"}
    (sentence,) = told([cause(DECISION)], common).lead
    assert "nobody's doing" in sentence


def test_the_verdict_under_even_beliefs_is_told_where_it_is_another() -> None:
    (sentence,) = told([cause(DECISION)], {"verdict_even": "not_identifiable"}).lead
    assert sentence.endswith("whether it is a seat or a person cannot be told from these data.")


def test_of_one_team_people_are_not_asked_about() -> None:
    data = report_data(
        facts(scope="team:PAY"),
        constraints=[cause(DECISION, scope="team:PAY")],
        attribution=[cause_class(name) for name in CLASSES],
    )
    section = system_or_people(data)
    assert section.lead == (
        "Whether it is people is asked of the whole organisation, not of one team.",
    )
    assert len(section.figures) == 1


@pytest.mark.parametrize("pattern", sorted(LOOKED_FOR))
def test_every_pattern_has_words(pattern: str) -> None:
    diagnosis = {
        "scope": "organisation",
        "pattern": pattern,
        "pattern_number": 1,
        "standing": "shown",
        "speaks_for": ["'<b>Review</b>' finds nothing", "so it is"],
        "speaks_against": [],
        "remedy": "drop it",
    }
    (table,) = told([cause(DECISION)], diagnoses=[diagnosis]).tables
    assert table.rows[0][0] == PATTERNS[pattern]
    assert table.rows[0][1] == "shown"
    assert table.rows[0][4] == "Drop it"


def test_what_a_rule_costs_is_told_for_who_meets_it_and_for_any_item() -> None:
    rule = {
        "scope": "organisation",
        "rule": "several_deciders",
        "rule_kind": "several_deciders",
        "evaluable": "evaluable",
        "exposed_share": 0.5,
        "met_days": 8.0,
        "met_low": 4.0,
        "met_high": 12.0,
        "excess_days": 4.0,
        "is_cause": True,
    }
    (table,) = told([cause(DECISION)], attribution_rules=[rule]).folded
    assert [str(cell) for cell in table.rows[0][1:]] == [
        "50%",
        "8.0",
        "4.0 to 12.0",
        "4.0",
        "costs time",
    ]
