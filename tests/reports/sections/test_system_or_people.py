"""Is it the system or the people, and which pattern explains it."""

from typing import Any

import pytest

from pipelines.diagnosis.patterns import PATTERNS as LOOKED_FOR
from reports.patterns import PATTERNS
from reports.section import Section
from reports.sections.system_or_people import system_or_people
from tests.reports.factories import cause, cause_class, facts, report_data

DECISION, QUEUE = "decision_wait:Roadmap", "queue:Ready"
CLASSES = ("rule", "seat", "person")


def told(
    causes: list[dict[str, Any]], classes: dict[str, Any] | None = None, **tables: Any
) -> Section:
    found = [cause_class(name, **(classes or {})) for name in CLASSES]
    return system_or_people(report_data(None, constraints=causes, attribution=found, **tables))


def test_without_anything_to_tell_of_people_there_is_no_chart_of_them() -> None:
    little = {"verdict": "insufficient_data", "reason": "people", "excess_days": None}
    section = told([cause(DECISION)], {**little, "verdict_even": None})
    assert section.figures == ()
    assert section.finding is None
    assert section.lead == ("Too few people hand work over for anything to be said of them.",)


def test_the_finding_says_what_each_class_costs() -> None:
    assert told([cause(DECISION)]).finding == (
        "Of 40 days an item handed over takes, rules not kept and rights not clear cost 2.0 (1.0 "
        "to 3.0), seats cost 2.0 (1.0 to 3.0) and people cost 2.0 (1.0 to 3.0)"
    )


def test_what_costs_nothing_that_can_be_seen_is_not_in_the_finding() -> None:
    found = told([cause(DECISION)], {"excess_days": 0.01, "low": 0.0, "high": 0.03})
    assert found.finding == "Neither rules nor seats nor people cost days that can be seen"


def test_where_all_wait_alike_the_finding_says_so_as_the_verdict_does() -> None:
    alike = {"verdict": "structural", "reason": "common_cause", "excess_days": 0.01}
    found = told([cause(DECISION)], {**alike, "low": 0.0, "high": 0.03})
    assert found.finding == "All wait alike, whoever sits where: the delay is common to everybody"


def test_an_individual_part_names_nobody_and_sends_the_reader_to_the_system_first() -> None:
    person = {"verdict": "individual", "reason": "person", "people": "fewer than 5"}
    section = told([cause(DECISION)], {**person, "verdict_even": "individual"})
    (sentence,) = section.lead
    assert sentence.startswith("A part of the delay follows fewer than 5 people")
    assert "names and ranks nobody" in sentence


def test_what_all_wait_for_alike_is_nobodys_doing() -> None:
    common = {"reason": "common_cause", "verdict_even": "structural"}
    (sentence,) = told([cause(DECISION)], common).lead
    assert "nobody's doing" in sentence
    lead = told([cause(DECISION)], {**common, "verdict_even": "not_identifiable"}).lead
    assert "held equally likely" in lead[-1]


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
    assert section.figures == ()


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
