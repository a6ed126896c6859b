"""What to do next, and what would have to be known."""

from typing import Any

from reports.sections.next_steps import lead, next_steps, to_be_known
from tests.reports import factories as f


def diagnosis(pattern: str, number: int, standing: str, **changes: Any) -> dict[str, Any]:
    known = {
        "scope": "organisation",
        "pattern": pattern,
        "pattern_number": number,
        "standing": standing,
        "speaks_for": ["13 % came past intake"],
        "speaks_against": [],
        "remedy": "close the side door",
    }
    return {**known, **changes}


def test_what_is_shown_comes_before_what_is_hinted_at_and_nothing_else_is_a_step() -> None:
    data = f.report_data(
        diagnoses=[
            diagnosis("approvals_in_series", 3, "hinted", remedy="drop one"),
            diagnosis("intake_bypass", 6, "shown"),
            diagnosis("scope_churn", 5, "not_shown"),
            diagnosis("dependency", 7, "cannot_tell"),
        ]
    )
    steps = next_steps(data)
    assert [step.remedy for step in steps] == ["Close the side door", "Drop one"]
    assert steps[0].because == "Work by the side door. 13 % came past intake."
    assert steps[1].because.startswith("Only hinted at: Approvals in a row.")
    assert [step.is_hint for step in steps] == [False, True]


def test_stages_in_the_evidence_are_named_as_everywhere_on_the_page() -> None:
    back = diagnosis("undefined_readiness", 1, "shown", speaks_for=["it comes back (Idea->Build)"])
    (step,) = next_steps(f.report_data(diagnoses=[back]))
    assert step.because.endswith("It comes back (Idea → Build).")


def test_what_speaks_against_a_step_stands_beside_it() -> None:
    against = diagnosis("intake_bypass", 6, "shown", speaks_against=["it is rare", "it is quick"])
    (step,) = next_steps(f.report_data(diagnoses=[against]))
    assert step.against == "It is rare. It is quick."


def test_that_no_step_is_about_anybody_is_said_only_where_it_is_so() -> None:
    rule, person = diagnosis("intake_bypass", 6, "shown"), diagnosis("one_person", 10, "shown")
    assert lead(f.report_data(diagnoses=[rule])).endswith("None of them is about anybody.")
    assert "anybody" not in lead(f.report_data(diagnoses=[rule, person]))
    assert lead(f.report_data()).startswith("No pattern is shown")


def test_an_organisation_that_declared_nothing_is_told_what_that_would_bring() -> None:
    nothing = f.report_data(f.facts(has_stages=False, has_readiness=False))
    told = " ".join(to_be_known(nothing))
    for section in ("stages", "definition_of_ready", "decision_rights", "interventions"):
        assert f"[{section}" in told
    assert "[benchmarks]" in told


def test_errors_of_the_audit_are_the_first_thing_to_mend() -> None:
    data = f.report_data(data_audit=[f.audit_row("lost", "error", "One history is lost.")])
    assert "Mend what the audit found first: 1 error." in to_be_known(data)
