"""The first question: is it the system or the people, where, and how sure."""

from typing import Any

from reports.sections.verdict import verdict
from tests.reports.factories import cause, cause_class, report_data, unsure_cause

DECISION, QUEUE = "decision_wait:Roadmap", "queue:Ready"


def told(causes: list[dict[str, Any]], classes: dict[str, Any] | None = None) -> str | None:
    found = [cause_class(name, **(classes or {})) for name in ("rule", "seat", "person")]
    return verdict(report_data(None, constraints=causes, attribution=found))


def test_the_verdict_and_the_constraint_are_one_sentence() -> None:
    assert told([cause(DECISION)]) == (
        "It is the system: of 20 days an item takes, 7.0 (6.0 to 8.0) go to waiting for Roadmap "
        "beyond the 1 day that you declared to be normal"
    )


def test_a_constraint_that_hangs_on_the_normal_says_so() -> None:
    found = told([cause(DECISION, verdict="depends_on_what_is_normal")])
    assert found is not None
    assert found.endswith(", if that is what you regard as normal")


def test_several_that_may_be_it_are_all_named() -> None:
    several = {"verdict": "one_of_several"}
    found = told([cause(DECISION, 1, **several), cause(QUEUE, 2, **several)])
    assert found == (
        "It is the system: no single cause can be named; the likeliest are waiting for Roadmap and "
        "waiting in Ready"
    )


def test_one_that_may_be_it_is_told_as_one() -> None:
    found = told([cause(DECISION, 1, verdict="one_of_several")])
    assert found is not None
    assert found.endswith("no single cause can be named; the likeliest is waiting for Roadmap")


def test_a_first_cause_that_may_cost_nothing_is_not_named() -> None:
    said = "no single cause stands out beyond what is normal"
    sure = cause(QUEUE, 2, excess_days=1.0, excess_low=0.5, verdict="one_of_several")
    for causes in ([unsure_cause(DECISION)], [unsure_cause(DECISION), sure]):
        assert told(causes) == f"It is the system: {said}"
        few = {"verdict": "insufficient_data", "reason": "people", "excess_days": None}
        assert told(causes, {**few, "verdict_even": None}) == said.capitalize()


def test_where_all_is_as_is_normal_that_is_said() -> None:
    usual: dict[str, Any] = {"excess_days": -1.0, "excess_low": -2.0, "excess_high": 0.0}
    found = told([cause(DECISION, **usual, verdict="not_the_constraint")])
    assert found == "It is the system: no single cause stands out beyond what is normal"


def test_a_cause_is_told_as_a_part_of_the_sentence() -> None:
    found = told([cause("rework:Roadmap->Ready")])
    assert found is not None
    assert "go to work sent back (Roadmap → Ready) beyond" in found


def test_days_that_are_hundreds_have_no_tenths() -> None:
    found = told([cause(QUEUE, excess_days=166.61, excess_low=30.24, excess_high=221.2)])
    assert found is not None
    assert "167 (30.2 to 221) go to waiting in Ready" in found


def test_without_a_normal_nothing_is_called_a_constraint() -> None:
    found = told([cause(DECISION, None)], {"verdict": "none", "reason": "usual"})
    assert found == "No rule, seat or person stands out"


def test_too_little_to_tell_people_from_the_system_leaves_the_constraint() -> None:
    little = {"verdict": "insufficient_data", "reason": "people", "excess_days": None}
    found = told([cause(DECISION)], {**little, "verdict_even": None})
    assert found is not None
    assert found.startswith("Of 20 days an item takes, 7.0")
