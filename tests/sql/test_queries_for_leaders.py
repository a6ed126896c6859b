"""The ready-made questions about the whole, from oversight to doubts, on literal rows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.findings.instants import MISDATED
from roadworthy.answers import find
from roadworthy.warehouse import Warehouse
from tests.sql.asking import answer, holding

ROOT = Path(__file__).parents[2]

_WORK = """
    insert into work_items by name
    select
        'jira:a:' || id as item_id, 'a' as source, 'ticket' as kind, 'PAY-' || id as key,
        'PAY' as project, 'PAY' as team, is_subtask, release, stage_kind = 'done' as is_done,
        timestamptz '2026-01-01 00:00:00Z' as created_at, created_at as observed_until,
        stage_kind as stage, stage_kind, stage_kind as status, stage_kind = 'dropped' as is_dropped,
        1.0 as age_days, 0 as handoff_count, 0 as reassignment_count
    from (
        values
            (1, '1.0', 'done', false), (2, '1.0', 'active', false), (3, '1.0', 'dropped', false),
            (4, '1.0', 'done', true), (5, 'Few', 'active', false), (6, null, 'active', false)
    ) as rows (id, release, stage_kind, is_subtask)
"""
_COMMITMENTS = """
    insert into commitments by name
    select
        kind as subject_kind, id as subject_id, name as subject, team,
        'due_date' as date_source, timestamptz '2026-01-01 00:00:00Z' as committed_at,
        date '2026-02-01' as original_on, date '2026-02-01' + slip as current_on, 1 as slip_count,
        slip as gross_slip_days, 0 as pull_in_days, slip as net_slip_days, kept as is_on_time,
        false as is_silent_miss, kind = 'release' as is_lower_bound
    from (
        values
            ('item', 'jira:a:1', 'PAY-1', 'PAY', 14, false),
            ('item', 'jira:a:2', 'PAY-2', 'PAY', 3, null),
            ('item', 'jira:a:3', 'PAY-3', 'PAY', 0, true),
            ('release', 'jira:a:90', '1.0', 'PAY', 10, false),
            ('release', 'jira:a:91', 'Few', 'PAY', 30, null),
            ('release', 'jira:a:92', '1.0', 'PAY', 4, null)
    ) as rows (kind, id, name, team, slip, kept)
"""
#: The team has two projects, each with a release 1.0. The first was seen with two dates.
_HOMES = """
    insert into core.release_dates values
        ('jira:a:90', 'PAY'), ('jira:a:90', 'PAY'), ('jira:a:91', 'PAY'), ('jira:a:92', 'API')
"""
_DRIFT = """
    insert into forecast_drift by name
    select
        'jira:a:90' as subject_id, committed_at, 12 as points, 0.5 as drift_rate,
        true as is_lower_bound
    from commitments where subject_id = 'jira:a:90'
"""
_INJECTED = """
    insert into scope_injection by name
    select
        'release' as subject_kind, 'jira:a:90' as subject_id, committed_at, 3 as committed_items,
        2 as injected_items, 1 as removed_items, true as is_lower_bound
    from commitments where subject_id = 'jira:a:90'
"""
_SUMMARIES = """
    insert into metric_summaries by name
    select 'slip_rate' as metric, scope, 0.3 as estimate, 12 as items, 0 as open_items
    from (values ('organisation'), ('team:PAY'), ('release:1.0')) as rows (scope)
"""
#: A year of weeks: in its second half a change needs one approval more, and as much is sent back.
#: A sub-task needs nine.
_APPROVALS = """
    insert into approvals by name
    select
        if(team = 'Part', 'jira:a:4', 'jira:' || team || ':' || n) as item_id,
        if(team = 'Part', 'PAY', team) as team,
        if(team = 'Part', 9, if(n < 26, 2, 1) + n % 2) as approvers_requested,
        1 as approvers_obtained, 1 as depth, 1 as approvers_in_series,
        timestamptz '2026-03-02 12:00:00Z' - to_days(7 * n::integer) as first_requested_at,
        1.0 as waiting_hours, 1.0 as solo_hours, 0 as changes_requested_count, 1 as verdict_count,
        0 as no_finding_count, n = 0 as is_open
    from range(52) as weeks (n), (values ('PAY'), ('One'), ('Part')) as teams (team)
    where team != 'Part' or n = 0
"""
_WEEKS = """
    insert into weekly_metrics by name
    select
        'rejection_rate' as metric, scope, date '2026-03-02' - 7 * n::integer as week_on,
        if(n = 0, null, 0.3 + n % 2 / 10) as estimate, 0.1 as low, 0.6 as high, 5 as items,
        if(n = 0, 4, 0) as open_items, n > 0 as is_mature
    from range(53) as weeks (n), (values ('organisation'), ('team:PAY')) as scopes (scope)
"""
_RULES = """
    insert into readiness_rules by name
    select
        'organisation' as scope, rule, 1 as rule_number, 10 as checks, 7 as passes, 3 as fails,
        0 as not_evaluable, 1 as sole_fails, 7 as passes_now, 0 as filled_later,
        lift as rejection_lift, low as lift_low, high as lift_high
    from (
        values ('estimate', 0.9, 0.8, 1.1), ('mock-up', 2.5, 1.5, 3.5), ('owner', 0.5, 0.2, 0.9),
            ('text', null, null, null)
    ) as rows (rule, lift, low, high)
"""
_EFFICIENCY = """
    insert into flow_efficiency by name
    select scope, 20 as items, 3 as open_items, least as efficiency_low, 0.4 as efficiency_high
    from (
        values ('item_type:Bug', 0.02), ('organisation', 0.05), ('release:1.0', 0.1)
    ) as rows (scope, least)
"""
_CHURN = """
    insert into priority_churn by name
    select
        scope, 12 as changes, 40 as items, 90.0 as item_weeks, rate as changes_per_100_item_weeks,
        'measured' as verdict
    from (
        values ('team:PAY', 20.0), ('team:WEB', 30.0), ('organisation', 25.0), ('release:1.0', 9.0)
    ) as rows (scope, rate)
"""
_RATES = """
    insert into handoff_rates by name
    select
        'organisation' as scope, 'Shaping' as from_stage, stage as to_stage, 'product' as from_role,
        'engineering' as to_role, 10 as attempts, 8 as items, 6 as accepted, 3 as rejected,
        0 as recalled, 0 as dropped, 1 as undecided, 0 as late_returns, 0 as skips,
        two as two_attempts_share, 1 + two as mean_attempts, 0.0 as rework_days
    from (values ('Ready', 0.1), ('Review', 0.4)) as rows (stage, two)
"""
_DIAGNOSES = """
    insert into diagnoses by name
    select
        'organisation' as scope, pattern, number as pattern_number, standing, ['why'] as speaks_for,
        [] as speaks_against, 'mend it' as remedy
    from (
        values ('dependency', 1, 'cannot_tell'), ('scope_churn', 2, 'hinted'),
            ('intake_bypass', 3, 'shown')
    ) as rows (pattern, number, standing)
"""
_ATTRIBUTION = """
    insert into attribution by name
    select
        'organisation' as scope, class as cause_class, days as excess_days, 'structural' as verdict,
        'rule' as reason, [] as seat_teams, 1 as seats_withheld, 90 as items
    from (values ('seat', 0.5), ('rule', 7.0)) as rows (class, days)
"""
_IDENTIFICATION = """
    insert into identification by name
    select
        'organisation' as scope, 4 as seats, 1 as replaced_seats, 1 as components,
        0.8 as identifiable_share, 90 as items
"""
_FLOW = """
    insert into stage_flow by name
    select
        stage, timestamptz '2026-01-01 00:00:00Z' as window_from,
        timestamptz '2026-03-01 00:00:00Z' as window_to, 10 as arrivals, left_it as departures,
        2.0 as mean_work_in_progress, 1.2 as arrivals_per_week, left_it / 10 as departure_ratio,
        left_it > 8 as is_stationary
    from (values ('Build', 10), ('Review', 7)) as rows (stage, left_it)
"""
_AUDIT = """
    insert into data_audit by name
    select 'a' as source, finding, subject, severity, 3 as expected, found, detail
    from (
        values
            ('no_dates', '', 'info', 0, 'No date.'), ('histories', '', 'info', 3, 'All are there.'),
            ('unknown_actors', '', 'warning', 2, 'Who?'), ('a_rule', '', 'error', 1, 'It broke.'),
            ('unmapped_status', 'B', 'error', 0, 'No stage has B.'),
            ('unmapped_status', 'A', 'error', 0, 'No stage has A.')
    ) as rows (finding, subject, severity, found, detail)
"""


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    releases = (_WORK, _COMMITMENTS, _HOMES, _DRIFT, _INJECTED, _SUMMARIES)
    figures = (_APPROVALS, _WEEKS, _RULES, _EFFICIENCY, _CHURN, _RATES, _FLOW)
    told = (_DIAGNOSES, _ATTRIBUTION, _IDENTIFICATION, _AUDIT)
    with holding(*releases, *figures, *told) as warehouse:
        yield warehouse


def test_approvals_without_fewer_rejections(warehouse: Warehouse) -> None:
    columns = "measure before now change items_now open_items"
    rows = answer(warehouse, "approvals_without_fewer_rejections", columns, scope="team:PAY")
    assert [
        (name, round(before, 9), round(now, 9), *rest) for name, before, now, *rest in rows
    ] == [
        ("approvals asked of a change", 1.5, 2.5, "grew", 26, 1),
        ("share of handoffs sent back", 0.35, 0.35, "neither is shown", 130, 0),
    ]


def test_the_interval_of_a_growth_is_of_weeks_whose_spread_was_estimated() -> None:
    asked, scope = "items_before low high change", {"scope": "team:PAY"}
    # Weeks of 1.5 and of 2.5 on average: 1 more, plus or minus 2.06 standard errors and not 1.96.
    with holding(_WORK, _SUMMARIES, _APPROVALS) as warehouse:
        ((*told, change),) = answer(warehouse, "approvals_without_fewer_rejections", asked, **scope)
    assert [round(number, 2) for number in told] == [26, 0.71, 1.29]
    assert change == "grew"


def test_the_weeks_of_approvals_are_those_of_the_organisation() -> None:
    # A Monday morning in Sydney is a Sunday in UTC, and would be of the week before.
    here = "update staging.organisation set timezone = 'Australia/Sydney'"
    early = """
        update approvals set first_requested_at = first_requested_at - interval 15 hour
        where split_part(item_id, ':', 3)::integer % 2 = 1
    """
    asked, scope = "items_before items_now low high", {"scope": "team:PAY"}
    with holding(_WORK, _SUMMARIES, _APPROVALS, here, early) as warehouse:
        (told,) = answer(warehouse, "approvals_without_fewer_rejections", asked, **scope)
    assert [round(number, 2) for number in told] == [26, 26, 0.71, 1.29]


def test_a_growth_since_fewer_than_thirteen_weeks_has_no_interval() -> None:
    young = "delete from approvals where first_requested_at < timestamptz '2025-06-10 00:00:00Z'"
    asked, scope = "items_before low high change", {"scope": "team:PAY"}
    with holding(_WORK, _SUMMARIES, _APPROVALS, young) as warehouse:
        rows = answer(warehouse, "approvals_without_fewer_rejections", asked, **scope)
    assert rows == [(12, None, None, None)]


def test_approvals_of_a_team_that_is_not_shown_are_not_told(warehouse: Warehouse) -> None:
    assert (
        answer(warehouse, "approvals_without_fewer_rejections", "measure", scope="team:One") == []
    )


def test_releases_that_drift(warehouse: Warehouse) -> None:
    contents = "items open_items dropped_items items_due items_kept slipped_days_of_items"
    columns = f"release source {contents} injected_items gross_slip_days drift_rate"
    assert answer(warehouse, "releases_that_drift", columns) == [
        # In the second one too few people act to be shown: its date is told, and no item of it.
        ("Few", "a", None, None, None, None, None, None, None, 30, None),
        ("1.0", "a", 3, 1, 1, 2, 1, 17, 2, 10, 0.5),
        # Another project of the team has a release of that name, and nothing in it.
        ("1.0", "a", None, None, None, None, None, None, None, 4, None),
    ]


def test_rules_that_foretell_returns(warehouse: Warehouse) -> None:
    assert answer(warehouse, "rules_that_foretell_returns", "rule what_it_does") == [
        ("mock-up", "foretells"),
        ("estimate", "not shown"),
        ("owner", "the other way round"),
        ("text", None),
    ]


def test_worked_on_or_waiting(warehouse: Warehouse) -> None:
    assert answer(warehouse, "worked_on_or_waiting", "scope at_least at_most open_items") == [
        ("organisation", 0.05, 0.4, 3),
        ("item_type:Bug", 0.02, 0.4, 3),
    ]


def test_trend_by_week(warehouse: Warehouse) -> None:
    rows = answer(warehouse, "trend_by_week", "week_on estimate items open_items", rows="2")
    assert [(str(week), *rest) for week, *rest in rows] == [
        ("2026-02-23", 0.4, 5, 0),
        ("2026-03-02", None, 5, 4),
    ]


def test_priorities_that_churn(warehouse: Warehouse) -> None:
    columns = "scope changes_per_100_item_weeks"
    assert answer(warehouse, "priorities_that_churn", columns) == [
        ("organisation", 25.0),
        ("team:WEB", 30.0),
        ("team:PAY", 20.0),
    ]


def test_attempts_until_accepted(warehouse: Warehouse) -> None:
    columns = "to_stage need_two_or_more mean_attempts undecided"
    assert answer(warehouse, "attempts_until_accepted", columns) == [
        ("Review", 0.4, 1.4, 1),
        ("Ready", 0.1, 1.1, 1),
    ]


def test_known_patterns(warehouse: Warehouse) -> None:
    assert answer(warehouse, "known_patterns", "pattern standing speaks_for") == [
        ("intake_bypass", "shown", ["why"]),
        ("scope_churn", "hinted", ["why"]),
        ("dependency", "cannot_tell", ["why"]),
    ]


def test_system_or_people(warehouse: Warehouse) -> None:
    columns = "cause_class excess_days verdict identifiable_share seats_withheld"
    assert answer(warehouse, "system_or_people", columns) == [
        ("rule", 7.0, "structural", 0.8, 1),
        ("seat", 0.5, "structural", 0.8, 1),
    ]


def test_stages_out_of_balance(warehouse: Warehouse) -> None:
    columns = "stage still_there departure_ratio is_in_balance"
    assert answer(warehouse, "stages_out_of_balance", columns) == [
        ("Review", 3, 0.7, False),
        ("Build", 0, 1.0, True),
    ]


def test_numbers_to_doubt(warehouse: Warehouse) -> None:
    columns = "numbers severity finding subjects"
    assert answer(warehouse, "numbers_to_doubt", columns, severity="warning") == [
        ("handoffs", "error", "unmapped_status", ["A", "B"]),
        ("latency", "error", "unmapped_status", ["A", "B"]),
        ("times", "error", "unmapped_status", ["A", "B"]),
        ("what the broken rule speaks of", "error", "a_rule", None),
        ("approvals", "warning", "unknown_actors", None),
        ("decisions", "warning", "unknown_actors", None),
        ("handoffs", "warning", "unknown_actors", None),
    ]
    assert answer(warehouse, "numbers_to_doubt", columns)[-1] == (
        "promises",
        "info",
        "no_dates",
        None,
    )


def names_of_findings(path: Path) -> set[str]:
    """The second argument of every finding that a module makes, in each of its forms."""
    calls = ast.walk(ast.parse(path.read_text("utf-8")))
    named = [
        node.args[1]
        for node in calls
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Finding"
    ]
    constants = [inner for name in named for inner in ast.walk(name)]
    return {str(one.value) for one in constants if isinstance(one, ast.Constant)}


def test_every_finding_there_can_be_says_which_numbers_it_touches() -> None:
    modules = (ROOT / "pipelines" / "findings").glob("*.py")
    findings = set(MISDATED).union(*map(names_of_findings, modules))
    told = set(re.findall(r"\('([a-z_]+)', \[", find("numbers_to_doubt").sql))
    assert findings == told
