"""The first screen."""

from typing import Any

from reports.sections.front import Card, cards, headline
from tests.reports import factories as f
from tests.reports.factories import cause, cause_class

DECISION = "decision_wait:Roadmap"


def told(**tables: Any) -> tuple[Card, ...]:
    return cards(f.report_data(None, **tables))


def shares(**changes: Any) -> dict[str, Any]:
    known = {
        "scope": "organisation",
        "component": DECISION,
        "days_per_item": 9.0,
        "latency_days": 20.0,
        "items": 400,
        "open_items": 31,
    }
    return {**known, **changes}


def test_where_the_days_go_has_interval_normal_certainty_and_open_items() -> None:
    days, *_ = told(constraints=[cause(DECISION)], latency_shares=[shares()])
    assert days.answer == "7.0 of 20 days"
    assert days.basis == (
        "Waiting for Roadmap, beyond the 1 day that you declared to be normal; 95% interval 6.0 to "
        "8.0; first in 97% of all draws of the weeks; 400 items, 31 open."
    )


def test_without_a_constraint_it_says_how_long_work_takes() -> None:
    days, *_ = told(metric_summaries=[f.summary("lead_time_days_p50", 12.0)])
    assert days.answer == "12 days"
    assert days.is_told


def test_the_last_change_is_the_one_that_came_into_force_last() -> None:
    _, change, *_ = told(
        interventions=[
            f.intervention("Off-site", "2026-01-05"),
            f.intervention("Rule", "2026-02-09"),
        ],
        intervention_effects=[f.effect(name, "rejection_rate") for name in ("Rule", "Off-site")],
    )
    assert change.basis.startswith("Rule. Handoffs sent back")
    assert change.answer == "Improved"


def test_without_a_declared_change_it_says_where_to_declare_one() -> None:
    _, change, *_ = told()
    assert (change.answer, change.is_told) == ("None declared", False)
    assert "[[interventions]]" in change.basis


def test_a_source_that_lags_behind_is_named_with_its_day() -> None:
    fresh = f.source_read("acme", snapshot_at=f.at("2026-05-03", 0))
    stale = f.source_read("code", snapshot_at=f.at("2026-04-25", 0))
    _, _, freshness, _ = cards(f.report_data(None, sources=[fresh, stale]))
    assert freshness.answer == "3 May 2026"
    assert freshness.basis.startswith("Older: code 25 April 2026.")


def test_trust_counts_errors_and_warnings() -> None:
    lost = f.audit_row("lost", "error", "One history is lost.")
    *_, trust = cards(f.report_data(None, [f.source_read("acme")], data_audit=[lost]))
    assert trust.answer == "1 error, no warnings"


def test_where_nothing_was_read_nothing_was_audited() -> None:
    *_, trust = told()
    assert (trust.answer, trust.is_told) == ("Nothing was read yet", False)


def test_the_headline_is_the_verdict_and_else_says_that_there_is_none() -> None:
    found = [cause_class(name) for name in ("rule", "seat", "person")]
    data = f.report_data(None, constraints=[cause(DECISION)], attribution=found)
    assert headline(data).startswith("It is the system: of 20 days an item takes, 7.0")
    assert headline(f.report_data()).startswith("Neither a constraint nor")
