"""The checks of a build: silent on a ledger that is in order, loud on every fault put into it."""

from pathlib import Path

import pytest

from roadworthy.warehouse import Warehouse
from tests.sql.rules import CHECKS, broken

#: What each check must find.
_HISTORIES = """update raw.records set payload = '{{"changelog": {{"histories": [{}]}}}}'"""

FAULTS = {
    "aging_work_is_the_open_work": (
        "update aging_work set entered_at = instant(4)",
        "delete from aging_work",
        "update aging_work set item_id = 'github:a:2'",
        "update aging_work set stage = 'Ready'",
        "update aging_work set age_days = 8",
        "update aging_work set is_overdue = false",
        "update aging_work set p85_days = null",
    ),
    "approval_requests_are_consistent": (
        "update approval_requests set request_number = 2 + request_number",
        "update approval_requests set requested_at = instant(2) where request_number = 2",
        "update approval_requests set ended_at = null",
        "update approval_requests set ended_at = instant(2)",
        "update approval_requests set verdict = 'superseded'",
        "update approval_requests set has_finding = null",
        "update approval_requests set business_hours = 49",
    ),
    "approvals_agree_with_their_requests": (
        "update approvals set verdict_at = instant(5), approval_hours = 8, approvers_obtained = 0",
        "delete from approvals",
        "delete from approval_requests",
        "update approvals set first_requested_at = instant(2)",
        "update approvals set is_open = true",
        "update approvals set depth = 3",
        "update approvals set approvers_in_series = 2",
        "update approvals set depth = 0",
        "update approvals set changes_requested_count = 0",
        "update approvals set no_finding_count = 2",
        "update approvals set approvers_obtained = 2",
        "update approvals set first_response_hours = null",
        "update approvals set approval_hours = 9",
        "update approvals set verdict_at = instant(2), approval_hours = 0",
        "update approvals set solo_hours = 17",
    ),
    "both_ends_of_a_link_are_items": (
        "update core.item_links set linked_item_id = item_id",
        "delete from core.items where item_id = 'jira:a:1'",
    ),
    "change_group_has_one_instant": (
        "update core.field_changes set changed_at = instant(6) where sequence = 2",
    ),
    "commitments_agree_with_their_moves": (
        "update commitments set pull_in_days = 1",
        "update commitments set gross_slip_days = 8",
        "update commitments set slip_count = 2",
        "update date_moves set days = 8",
        "update commitments set original_on = null",
    ),
    "cost_of_delay_is_that_of_the_facts": (
        "update cost_of_delay set quantity = 2 where ledger = 'delay'",
        "update cost_of_delay set quantity = 2 where ledger = 'labour'",
        "update cost_of_delay set low = null, currency = null",
        "update cost_of_delay set low = 70000 where ledger = 'delay'",
        "update cost_of_delay set quantity_unit = 'weeks'",
        "update cost_of_delay set currency = null",
    ),
    "decision_changes_are_numbered_without_gap": (
        "update decision_changes set change_number = 5 where change_number = 4",
        "update decision_changes set changed_at = instant(2) where change_number = 4",
    ),
    "decision_right_shares_sum_to_the_right": (
        "delete from decision_right_shares",
        "delete from decision_right_shares where role = 'product'",
        "update decision_right_shares set decision_right = 'scope'",
        "update decision_right_shares set changes = 5",
        "update decision_right_shares set share = 0.5",
        "update decision_right_shares set standing = 'overrides'",
        "update decision_right_shares set standing = 'decides' where role = 'product'",
        "update decision_rights set override_share = 0.1",
        "update decision_rights set decides = 'product'",
    ),
    "decision_verdicts_are_consistent": (
        "update decisions set ended_at = instant(11) where is_open",
        "update decisions set decided_at = instant(3) where reversed_at is not null",
        "update decisions set is_reversed = null where reversed_at is not null",
        "update decisions set is_reversed = false where is_open",
        "update decisions set reversed_at = instant(3) where reversed_at is not null",
        "update decisions set stable_at = instant(3) where reversed_at is not null",
        "update decisions set stable_at = instant(11) where channel = 'stage'",
        "update decisions set is_open = false",
        "update decisions set outcome = 'withdrawn', is_open = false",
        "update decisions set decided_by_role = 'ceo'",
    ),
    "decisions_lie_within_the_life_of_their_item": (
        "update decisions set ended_at = instant(13), elapsed_hours = 264 where channel = 'stage'",
        "update decisions set stable_at = instant(13)",
        "update decisions set requested_at = instant(1)",
        "update decisions set elapsed_hours = 47",
        "update decisions set business_hours = 49",
        "update decisions set item_id = 'jira:a:1x'",
    ),
    "every_history_entry_is_a_field_change": (
        "delete from core.field_changes",
        "delete from core.field_changes where sequence = 2",
        "update core.field_changes set change_group = '11'",
        _HISTORIES.format('{"id": "10", "items": [{}, {}]}, {"id": "11", "items": [{}, {}]}'),
        _HISTORIES.format('{"id": "10", "items": [{}, {}]}, {"id": "11"}'),
        _HISTORIES.format('{"id": "10", "items": [{}, {}]}, {"id": "11", "items": [{}]}, {}'),
        _HISTORIES.format('{"id": "10", "items": [{}, {}]}, {"items": [{}]}'),
        _HISTORIES.format('{"id": "10", "items": [{}]}, {"id": "10", "items": [{}]}'),
        _HISTORIES.format(
            '{"id": "10", "items": [{}, {}]}, {"id": "11", "items": [{}]}, '
            '{"id": "12", "items": {}}'
        ),
    ),
    "every_item_of_the_snapshot_is_a_work_item": (
        "delete from core.items where item_id = 'github:a:2'",
        "delete from work_items",
    ),
    "facts_are_of_work_items_and_their_teams": (
        "update decisions set item_id = 'jira:a:1y'",
        "update decision_changes set team = 'WEB'",
        "update intake set item_id = 'x' where item_id = 'github:a:2'",
    ),
    "field_changes_are_numbered_without_gap": (
        "update core.field_changes set sequence = 4 where sequence = 3",
        "update core.field_changes set changed_at = instant(3) where sequence = 3",
    ),
    "figures_need_enough_changes": (
        "update decision_rights set changes = 9",
        "update decision_rights set unknown_share = 0.3",
        "update decision_rights set verdict = 'insufficient_data'",
        "update decision_rights set contest_rate = 0.1",
        "update decision_rights set effective_deciders = null",
        "update decision_rights set out_of_role_share = 0.3",
        "update priority_churn set changes = 9",
        "update priority_churn set reversal_share = null",
        "update priority_churn set mid_build_share = null",
    ),
    "forecasts_are_of_promised_releases": (
        "delete from forecast_drift",
        "update commitments set committed_at = null",
        "update forecast_drift set shipped_at = instant(9)",
    ),
    "handoff_attempts_are_numbered_without_gap": ("update handoffs set attempt = 2",),
    "handoff_verdicts_are_consistent": (
        "update handoffs set late_return_at = instant(4)",
        "update handoffs set from_role = 'engineering'",
        "update handoffs set verdict_at = instant(3)",
        "update handoffs set rework_hours = 1",
    ),
    "intake_is_of_items_that_were_built": (
        "update intake set entered_build_at = instant(4)",
        "update work_items set is_subtask = true",
        "update intake set is_bypass = null",
    ),
    "last_visit_is_the_stage_of_the_work_item": (
        "update work_items set stage_kind = 'queue' where stage = 'Build'",
        "update work_items set is_dropped = true",
        "update work_items set stage = 'Ready'",
        "update work_items set is_done = false",
    ),
    "latency_components_sum_to_the_elapsed_time": ("delete from latency_components",),
    "latency_shares_sum_to_the_latency": ("update latency_shares set share = 0.6",),
    "only_deciders_make_others_out_of_role": (
        "update decision_changes set actor_role = 'engineering' where is_out_of_role",
        "update decision_changes set is_out_of_role = null",
        "update decision_changes set is_out_of_role = true",
        "update decision_changes set is_override = true",
        "update decision_changes set is_contest = true",
        "update decision_changes set is_bulk = true",
        "update decision_rights set decides = null",
        "delete from decision_rights",
    ),
    "readiness_agrees_with_its_checks": ("update handoffs set is_ready = true",),
    "readiness_debt_is_of_failed_checks": (
        "update readiness_checks set passed_at = instant(3) where outcome = 'not_evaluable'",
        "update readiness_checks set is_filled_late = false where rule = 'mock-up'",
        "update readiness_checks set checked_at = instant(3) where rule = 'estimate'",
        "update readiness_checks set debt_days = 1",
        "update readiness_checks set debt_days = null",
        "update readiness_checks set debt_days = 2.1 where rule = 'estimate'",
        "update readiness_checks set is_filled_late = true",
        "update handoffs set verdict_at = instant(7)",
        "update readiness_checks set passed_at = null where rule = 'mock-up'",
        "update readiness_checks set passed_at = instant(3)",
    ),
    "records_are_stored_once": ("insert into raw.records from raw.records",),
    "requests_for_approval_are_decisions": (
        "delete from approval_requests where request_number = 2",
        "delete from decisions where channel = 'review'",
        "update approval_requests set requested_at = instant(4)",
        "update decisions set outcome = 'withdrawn'",
    ),
    "visit_hours_sum_to_the_life_of_an_item": (
        "update visits set elapsed_hours = 1 + elapsed_hours",
    ),
    "visits_partition_the_life_of_an_item": (
        "delete from visits where stage = 'Ready'",
        "update visits set left_at = null",
    ),
    "weekly_items_add_up_to_the_summary": ("update metric_summaries set items = 3",),
    "work_items_count_their_handoffs": (
        "update work_items set handoff_count = 2",
        "delete from handoffs",
    ),
}


@pytest.mark.parametrize("check", CHECKS)
def test_a_ledger_in_order_passes(ledger: Warehouse, check: str) -> None:
    assert broken(ledger, check) == []


@pytest.mark.parametrize(
    ("check", "fault"), [(check, fault) for check, faults in FAULTS.items() for fault in faults]
)
def test_a_fault_is_found(ledger: Warehouse, check: str, fault: str) -> None:
    ledger.execute(fault)

    assert broken(ledger, check)


@pytest.mark.parametrize(("until", "named"), [(3, True), (5, False)])
def test_only_what_was_taken_over_from_anyone_is_no_decision(
    ledger: Warehouse, until: int, *, named: bool
) -> None:
    ledger.execute(f"""
        insert into approval_requests by name
        select
            'github:a:2' as item_id, 'PAY' as team, 'review' as channel, 3 as request_number,
            'anyone' as step, instant(2) as requested_at, instant({until}) as ended_at,
            'superseded' as verdict, 24 as elapsed_hours, 8 as business_hours
    """)

    assert (broken(ledger, "requests_for_approval_are_decisions") == []) == named


def test_rights_used_on_parts_of_items_alone_need_no_row(ledger: Warehouse) -> None:
    ledger.execute("update work_items set is_subtask = true")
    ledger.execute("delete from decision_rights")

    assert broken(ledger, "only_deciders_make_others_out_of_role") == []


def test_every_check_is_put_to_a_fault() -> None:
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*checks.py"))
    assert [check for check in CHECKS if f'"{check}"' not in tests] == []
