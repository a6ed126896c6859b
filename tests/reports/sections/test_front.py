"""The first screen."""

from datetime import timedelta
from typing import Any

from reports.sections.front import Card, cards, headline, moved, scale
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


def test_without_a_cause_beyond_normal_it_says_how_long_work_takes() -> None:
    """One whose interval holds nothing may be nothing."""
    maybe = cause(DECISION, excess_days=0.1, excess_low=-0.3, excess_high=0.5)
    for causes in ([], [maybe]):
        days, *_ = told(
            constraints=causes, metric_summaries=[f.summary("lead_time_days_p50", 12.0)]
        )
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


def test_a_change_that_is_still_to_come_is_not_the_last_one() -> None:
    to_come = f.intervention("Next rule", "2026-06-01")
    effects = [f.effect(name, "rejection_rate") for name in ("Rule", "Next rule")]
    _, change, *_ = told(
        interventions=[f.intervention("Rule", "2026-02-09"), to_come], intervention_effects=effects
    )
    assert change.basis.startswith("Rule. Handoffs sent back")
    _, change, *_ = told(interventions=[to_come], intervention_effects=effects[1:])
    assert (change.answer, change.is_told) == ("Still to come", False)
    assert change.basis == "Next rule is dated 1 June 2026, after the end of these data."


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


def test_a_source_lags_behind_by_a_day_of_the_organisation_and_not_of_utc() -> None:
    as_of = f.at("2026-05-03", 0)
    # In Berlin two hours later: both were read on 3 May, the third on the evening of 2 May.
    read = [
        f.source_read(name, snapshot_at=as_of - timedelta(hours=hours))
        for name, hours in (("acme", 0), ("code", 1), ("docs", 3))
    ]
    _, _, freshness, _ = cards(f.report_data(None, sources=read))
    assert freshness.basis.startswith("Older: docs 2 May 2026.")


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


def test_of_what_the_days_are_means_is_said_with_what_is_open_and_what_was_dropped() -> None:
    items = [
        f.work_item("PAY-1", "One"),
        f.work_item("PAY-2", "Two", is_dropped=True),
        f.work_item("PAY-3", "A part of the first", is_subtask=True, is_dropped=True),
        f.work_item("PAY-4", "Never promised", is_dropped=True, clock_started_at=None),
    ]
    told_of = shares(horizon_days=78.0)
    data = f.report_data(None, work_items=items, latency_shares=[told_of])
    assert scale(data) == (
        "Days are means over 400 tickets of the whole time watched, each followed for 78 days at "
        "most; 31 are open, and 1 item was dropped."
    )
    assert scale(f.report_data()) == ""
    for still_open, said in ((1, "most; 1 is open,"), (0, "most; none is open,")):
        row = {**told_of, "open_items": still_open}
        assert said in scale(f.report_data(None, work_items=items, latency_shares=[row]))


def test_tickets_and_pull_requests_are_counted_together_where_the_days_are_of_both() -> None:
    pull = f.work_item("web#1", "Three", kind="pull_request")
    told_of = shares(horizon_days=78.0)
    data = f.report_data(
        None, work_items=[f.work_item("PAY-1", "One"), pull], latency_shares=[told_of]
    )
    assert scale(data).startswith("Days are means over 400 tickets and pull requests of the whole")
    unpromised = {**pull, "clock_started_at": None}
    data = f.report_data(
        None, work_items=[f.work_item("PAY-1", "One"), unpromised], latency_shares=[told_of]
    )
    assert scale(data).startswith("Days are means over 400 tickets of the whole")


STAGE = "time_in_stage_days:Roadmap"


def since(scope: str, **changes: Any) -> str:
    effect = f.effect("Rule", STAGE, teams=["PAY"], **changes)
    causes = [cause(DECISION, scope=one) for one in ("organisation", "team:PAY", "team:Web")]
    return moved(
        f.report_data(f.facts(scope=scope), constraints=causes, intervention_effects=[effect])
    )


def test_a_change_that_moved_the_first_cause_is_said_of_whom_it_concerned() -> None:
    told_of = "With Rule, in PAY: time in stage Roadmap fell by 50% (25 to 75%) against what would "
    assert since("organisation").startswith(told_of)
    assert since("team:PAY").startswith(told_of)
    assert since("team:Web") == ""


def test_what_moved_a_cause_that_may_cost_nothing_is_not_said() -> None:
    """The verdict names none, so nothing in it has moved."""
    effect = f.effect("Rule", STAGE, teams=["PAY"])

    def said(first: dict[str, Any]) -> str:
        return moved(f.report_data(None, constraints=[first], intervention_effects=[effect]))

    assert said(cause(DECISION)) != ""
    assert said(f.unsure_cause(DECISION)) == ""


def test_what_is_not_shown_to_have_moved_is_not_said() -> None:
    assert since("organisation", verdict="not_shown") == ""
    assert moved(f.report_data()) == ""
