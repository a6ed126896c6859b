"""The ready-made questions about decisions, approvals, latency, scope and cost, on literal rows."""

from collections.abc import Iterator

import pytest

from roadworthy.warehouse import Warehouse
from tests.sql.asking import answer, holding

_WORK = """
    insert into work_items by name
    select
        item_id, 'a' as source, kind, key, 'Title of ' || key as title, team as project, team,
        false as is_subtask, timestamptz '2026-01-01 00:00:00Z' as created_at,
        timestamptz '2026-03-31 00:00:00Z' as observed_until, stage, 'queue' as stage_kind,
        stage as status, false as is_done, false as is_dropped, 89.0 as age_days,
        1 as handoff_count, 2 as reassignment_count
    from (
        values
            ('jira:a:1', 'ticket', 'PAY-1', 'PAY', 'Roadmap'),
            ('jira:a:2', 'ticket', 'WEB-2', 'WEB', 'Build'),
            ('github:a:1', 'pull_request', 'web#1', 'WEB', 'Review'),
            ('github:a:2', 'pull_request', 'web#2', 'WEB', 'Review')
    ) as rows (item_id, kind, key, team, stage)
"""
_VISITS = """
    insert into visits by name
    select
        item_id, 1 as visit_number, team, stage, stage_kind, created_at as entered_at,
        age_days * 24 as elapsed_hours, 0 as business_hours, true as is_open, false as is_repeat
    from work_items
"""
_DECISIONS = """
    insert into decisions by name
    select
        item_id || '/' || channel || '/1' as decision_id, item_id, team, asks as decision_right,
        channel, timestamptz '2026-03-01 00:00:00Z' as requested_at,
        if(is_open, null, requested_at + to_days(days)) as ended_at, ended_at as decided_at,
        if(is_open, 'open', 'decided') as outcome, days * 24 as elapsed_hours,
        days * 5 as business_hours, role as asked_role, is_open
    from (
        values
            ('jira:a:1', 'PAY', 'stage', 'Roadmap', 'product', 9, true),
            ('jira:a:2', 'WEB', 'flag', 'timeline', null, 12, true),
            ('jira:a:2', 'WEB', 'stage', 'Roadmap', 'product', 30, false),
            ('github:a:1', 'WEB', 'review', 'review', 'reviewer', 29, true),
            ('github:a:2', 'WEB', 'review', 'review', 'reviewer', 2, true)
    ) as rows (item_id, team, channel, asks, role, days, is_open)
"""
_AGES = """
    insert into aging_work by name
    select
        item_id, 'WEB' as team, 'Build' as stage, timestamptz '2026-01-01 00:00:00Z' as entered_at,
        age as age_days, 89.0 as item_age_days, usual as p85_days, age > usual as is_overdue,
        rest as expected_remaining_days
    from (
        values
            ('jira:a:1', 20.0, 12.0, 3.0), ('jira:a:2', 10.0, 1.0, null),
            ('github:a:1', 80.0, 3.0, null), ('github:a:2', 5.0, null, null)
    ) as rows (item_id, age, usual, rest)
"""
_TIMES = """
    insert into decision_times by name
    select
        scope, asks as decision_right, channel, requests as decisions, requests as items,
        1 as open_decisions, 2 as withdrawn, half as p50_hours, 12.0 as mean_hours,
        1.0 as normal_days, overdue as overdue_share, 48.0 as stable_p50_hours, 1 as reversed,
        0.25 as reversal_share
    from (
        values
            ('organisation', 'Roadmap', 'stage', 8, 16.0, 0.5),
            ('organisation', 'review', 'review', 20, null, null),
            ('team:PAY', 'x', 'flag', 4, 1.0, 0.0)
    ) as rows (scope, asks, channel, requests, half, overdue)
"""
_RIGHTS = """
    insert into decision_rights by name
    select
        scope, asks as decision_right, role as decides, changes, 9 as items,
        deciders as effective_deciders, contests as contest_rate, 0 as bulk_changes, verdict
    from (
        values
            ('organisation', 'priority', 'product', 30, 1.9, 0.4, 'measured'),
            ('organisation', 'scope', null, 4, null, null, 'insufficient_data'),
            ('organisation', 'timeline', 'engineering', 12, 1.2, 0.5, 'measured'),
            ('team:PAY', 'priority', 'product', 11, 1.0, 0.0, 'measured')
    ) as rows (scope, asks, role, changes, deciders, contests, verdict)
"""
_STEPS = """
    insert into approval_steps by name
    select
        scope, 'review' as channel, step, verdicts + 1 as requests, verdicts, 1 as open_requests,
        10.0 as p50_hours, hours as mean_hours, silent as no_finding_share,
        least_silent as no_finding_low
    from (
        values
            ('organisation', 'architects', 2, 1.0, 0.34, 40.0),
            ('organisation', 'engineering', 100, 0.6, 0.5, 8.0),
            ('organisation', 'security', 90, 0.97, 0.91, 30.0),
            ('organisation', 'nobody told', 7, null, null, 5.0), ('team:PAY', 'x', 1, 0.0, 0.0, 1.0)
    ) as rows (scope, step, verdicts, silent, least_silent, hours)
"""
_SHARES = """
    insert into latency_shares by name
    select
        scope, component, cause_kind, days as days_per_item, days / 10 as share,
        10.0 as latency_days, 40 as items, 4 as open_items
    from (
        values
            ('organisation', 'queue:Ready', 'queue', 4.0),
            ('organisation', 'touch:Build', 'touch', 6.0),
            ('team:PAY', 'parked', 'parked', 10.0)
    ) as rows (scope, component, cause_kind, days)
"""
_INTAKE = """
    insert into intake by name
    select
        'jira:a:' || id as item_id, team, type as item_type,
        timestamptz '2026-02-01 00:00:00Z' as entered_build_at, past as is_bypass,
        early as is_early_assignment, added as is_injected_after_commit, exempt as is_exempt,
        edits as scope_edit_count
    from (
        values
            (1, 'PAY', 'Story', true, true, null, false, 3),
            (2, 'PAY', 'Story', false, null, null, false, 0),
            (3, 'PAY', 'Story', null, null, null, false, 0),
            (4, 'PAY', 'Bug', true, false, true, true, 0),
            (5, 'WEB', 'Story', false, false, false, false, 1),
            (6, 'Two', 'Story', true, true, null, false, 0),
            (7, 'One', 'Story', true, true, null, false, 0)
    ) as rows (id, team, type, past, early, added, exempt, edits)
"""
_SHOWN = """
    insert into metric_summaries by name
    select
        'lead_time_days' as metric, 'team:' || unnest(['PAY', 'WEB']) as scope, 5 as items,
        0 as open_items
"""
_SCOPES = """
    insert into scope_injection by name
    select
        kind as subject_kind, id as subject_id, name as subject, team,
        timestamptz '2026-02-01 00:00:00Z' as committed_at, whole as committed_items,
        added as injected_items, 0 as removed_items, added / nullif(whole, 0) as injected_share,
        false as is_lower_bound
    from (
        values
            ('sprint', 's1', 'Sprint 1', 'PAY', 10, 4), ('release', 'r1', 'v1', 'WEB', 8, 4),
            ('sprint', 's2', 'Sprint 2', 'WEB', 0, 6), ('epic', 'e1', 'Login', 'PAY', 5, 0)
    ) as rows (kind, id, name, team, whole, added)
"""
_COSTS = """
    insert into cost_of_delay by name
    select
        'organisation' as scope, ledger, quantity, unit as quantity_unit, 3 as subjects, low, high,
        money as currency, 'As declared.' as basis
    from (
        values
            ('labour', 120.0, 'hours', 13000.0, 14000.0, 'USD'),
            ('delay', 4.0, 'weeks', null, null, null)
    ) as rows (ledger, quantity, unit, low, high, money)
"""

_CONSTRAINTS = """
    insert into constraints by name
    select
        *, 0 as loop_days, 20.0 as latency_days, 40 as items,
        split_part(cause, ':', 1) as cause_kind, excess_days - 1 as excess_low,
        excess_days + 1 as excess_high, if(rank is null, 'none', 'declared') as benchmark_source
    from (
        values
            ('organisation', 2, 'queue:Ready', 3.0, 2.0, 1.0, 'not_the_constraint'),
            ('organisation', 1, 'decision_wait:Roadmap', 9.0, 1.0, 8.0, 'constraint'),
            ('organisation', null, 'touch:Build', 8.0, null, null, 'not_compared'),
            ('team:PAY', 1, 'queue:Ready', 3.0, 2.0, 1.0, 'one_of_several')
    ) as rows (scope, rank, cause, days_per_item, benchmark_days, excess_days, verdict)
"""


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    facts = (_WORK, _VISITS, _DECISIONS, _AGES, _INTAKE, _SCOPES)
    with holding(
        *facts, _SHOWN, _TIMES, _RIGHTS, _STEPS, _SHARES, _COSTS, _CONSTRAINTS
    ) as warehouse:
        yield warehouse


def test_the_constraint(warehouse: Warehouse) -> None:
    assert answer(warehouse, "the_constraint", "rank cause excess_days verdict") == [
        (1, "decision_wait:Roadmap", 8.0, "constraint"),
        (2, "queue:Ready", 1.0, "not_the_constraint"),
        (None, "touch:Build", None, "not_compared"),
    ]
    assert answer(warehouse, "the_constraint", "cause", scope="team:PAY") == [("queue:Ready",)]


def test_where_the_time_goes(warehouse: Warehouse) -> None:
    columns = "component days_per_item share latency_days open_items"
    assert answer(warehouse, "where_the_time_goes", columns) == [
        ("touch:Build", 6.0, 0.6, 10.0, 4),
        ("queue:Ready", 4.0, 0.4, 10.0, 4),
    ]
    assert answer(warehouse, "where_the_time_goes", "component", scope="team:PAY") == [("parked",)]


def test_who_decides(warehouse: Warehouse) -> None:
    columns = "decision_right decides changes effective_deciders contest_rate verdict"
    assert answer(warehouse, "who_decides", columns) == [
        ("timeline", "engineering", 12, 1.2, 0.5, "measured"),
        ("priority", "product", 30, 1.9, 0.4, "measured"),
        ("scope", None, 4, None, None, "insufficient_data"),
    ]
    assert answer(warehouse, "who_decides", "changes", scope="team:PAY") == [(11,)]


def test_decisions_that_wait(warehouse: Warehouse) -> None:
    columns = "key decision_right asked_role days_so_far business_hours_so_far"
    assert answer(warehouse, "decisions_that_wait", columns) == [
        ("WEB-2", "timeline", None, 12.0, 60.0),
        ("PAY-1", "Roadmap", "product", 9.0, 45.0),
        ("web#2", "review", "reviewer", 2.0, 10.0),
    ]
    assert answer(warehouse, "decisions_that_wait", "key", team="PAY") == [("PAY-1",)]
    assert answer(warehouse, "decisions_that_wait", "key", channel="review") == [("web#2",)]


def test_how_long_decisions_take(warehouse: Warehouse) -> None:
    columns = "decision_right decisions half_within_business_hours overdue_share"
    assert answer(warehouse, "how_long_decisions_take", columns) == [
        ("review", 20, None, None),
        ("Roadmap", 8, 16.0, 0.5),
    ]
    calendar = "withdrawn normal_days half_stable_within_days reversal_share"
    assert answer(warehouse, "how_long_decisions_take", calendar, scope="team:PAY") == [
        (2, 1.0, 2.0, 0.25)
    ]


def test_approvals_that_find_nothing(warehouse: Warehouse) -> None:
    columns = "step verdicts no_finding_share mean_business_hours"
    assert answer(warehouse, "approvals_that_find_nothing", columns) == [
        ("security", 90, 0.97, 30.0),
        ("engineering", 100, 0.6, 8.0),
        ("architects", 2, 1.0, 40.0),
        ("nobody told", 7, None, 5.0),
    ]
    assert answer(warehouse, "approvals_that_find_nothing", "step", scope="team:PAY") == [("x",)]


def test_work_past_its_age(warehouse: Warehouse) -> None:
    columns = "key days_in_stage most_leave_within_days expected_remaining_days"
    assert answer(warehouse, "work_past_its_age", columns) == [
        ("WEB-2", 10.0, 1.0, None),
        ("PAY-1", 20.0, 12.0, 3.0),
    ]
    assert answer(warehouse, "work_past_its_age", "key", team="PAY") == []


@pytest.mark.parametrize("name", ["decisions_that_wait", "work_past_its_age", "oldest_open_work"])
def test_what_a_bot_proposed_is_listed_where_it_is_asked_for(
    warehouse: Warehouse, name: str
) -> None:
    assert ("web#1",) not in answer(warehouse, name, "key")
    assert ("web#1",) in answer(warehouse, name, "key", bots="yes")


def test_work_by_the_side_door(warehouse: Warehouse) -> None:
    bypasses = "team item_type items bypasses bypass_share exempt_bypasses"
    assert answer(warehouse, "work_by_the_side_door", bypasses) == [
        (None, "Story", 2, 2, 1.0, 0),
        ("PAY", "Story", 3, 1, 0.5, 0),
        ("PAY", "Bug", 1, 0, None, 1),
        ("WEB", "Story", 1, 0, 0.0, 0),
    ]
    shares = "early_assignment_share injected_share scope_edits_per_item"
    assert answer(warehouse, "work_by_the_side_door", shares, team="PAY") == [
        (1.0, None, 1.0),
        (0.0, 1.0, 0.0),
    ]
    assert answer(warehouse, "work_by_the_side_door", shares, team="Two") == []


def test_scope_that_grew(warehouse: Warehouse) -> None:
    columns = "subject committed_items injected_items injected_share"
    assert answer(warehouse, "scope_that_grew", columns) == [
        ("Sprint 2", 0, 6, None),
        ("v1", 8, 4, 0.5),
        ("Sprint 1", 10, 4, 0.4),
    ]
    assert answer(warehouse, "scope_that_grew", "subject", team="PAY") == [("Sprint 1",)]
    assert answer(warehouse, "scope_that_grew", "subject", kind="release") == [("v1",)]


def test_what_delay_costs(warehouse: Warehouse) -> None:
    columns = "ledger quantity quantity_unit cost_low cost_high currency"
    assert answer(warehouse, "what_delay_costs", columns) == [
        ("labour", 120.0, "hours", 13000.0, 14000.0, "USD"),
        ("delay", 4.0, "weeks", None, None, None),
    ]
    assert answer(warehouse, "what_delay_costs", "ledger", scope="team:PAY") == []
