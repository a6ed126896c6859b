"""The ready-made questions, each on rows a person can follow."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadworthy import dictionary
from roadworthy.answers import PARAMETERS, Question, find, ready_made
from roadworthy.warehouse import Warehouse
from tests.sql.asking import answer, holding

_WORK = """
    insert into work_items by name
    select
        'jira:a:' || id as item_id, 'a' as source, 'ticket' as kind, 'PAY-' || id as key,
        'Title ' || id as title, team as project, team, 'Story' as item_type, id = 7 as is_subtask,
        timestamptz '2026-01-01 00:00:00Z' as created_at,
        timestamptz '2026-03-31 00:00:00Z' as observed_until,
        stage, stage_kind, stage as status, stage_kind = 'done' as is_done,
        stage_kind = 'dropped' as is_dropped, age as age_days, 0 as handoff_count,
        0 as reassignment_count
    from (
        values
            (1, 'PAY', 'Review', 'queue', 30.0), (2, 'PAY', 'Build', 'active', 50.0),
            (3, 'WEB', 'Review', 'queue', 40.0), (4, 'PAY', 'Done', 'done', 60.0),
            (5, 'PAY', 'Dropped', 'dropped', 70.0), (7, 'PAY', 'Review', 'queue', 90.0)
    ) as rows (id, team, stage, stage_kind, age)
"""
_VISITS = """
    insert into visits by name
    select
        item_id, 1 as visit_number, team, stage, stage_kind, 'engineering' as owner_role,
        created_at as entered_at, age_days * 12 as elapsed_hours, 0 as business_hours,
        true as is_open, false as is_repeat
    from work_items
"""
_HANDOFFS = """
    insert into handoffs by name
    select
        'jira:a:' || id || '/' || attempt as handoff_id, 'jira:a:' || id as item_id,
        'PAY' as team, 'Shaping' as from_stage, 'Review' as to_stage, 'product' as from_role,
        'engineering' as to_role, attempt, timestamptz '2026-01-01 00:00:00Z' as handed_at,
        verdict, handed_at + to_hours(later) as verdict_at, rework as rework_hours,
        false as is_rework_open, false as is_skip
    from (
        values
            (1, 1, 'rejected', 1, 96.0), (1, 2, 'rejected', 49, 48.0),
            (1, 3, 'accepted', 97, null), (1, 4, 'rejected', 193, 24.0),
            (2, 1, 'rejected', 1, 240.0), (3, 1, 'recalled', 1, null)
    ) as rows (id, attempt, verdict, later, rework)
"""
_CHECKS = """
    insert into readiness_checks by name
    select
        'h' || n as handoff_id, 'jira:a:' || if(n > 5, 7, 1) as item_id, 'PAY' as team, rule,
        timestamptz '2026-01-01 00:00:00Z' as checked_at, outcome, outcome_now,
        timestamptz '2026-01-01 00:00:00Z' + to_days(later) as passed_at, in_force as is_in_force
    from (
        values
            (1, 'estimate', 'fail', 'pass', 2, true), (2, 'estimate', 'fail', 'fail', null, true),
            (3, 'estimate', 'pass', 'fail', 0, true), (4, 'estimate', 'fail', 'pass', 9, false),
            (5, 'mock-up', 'pass', 'pass', 0, true), (6, 'mock-up', 'fail', 'pass', 1, true)
    ) as rows (n, rule, outcome, outcome_now, later, in_force)
"""
_COMMITMENTS = """
    insert into commitments by name
    select
        'item' as subject_kind, 'jira:a:' || id as subject_id, 'PAY-' || id as subject, team,
        'due_date' as date_source, timestamptz '2026-01-01 00:00:00Z' as committed_at,
        date '2026-02-01' as original_on, date '2026-02-01' + slip as current_on,
        slips as slip_count, slip as gross_slip_days, 0 as pull_in_days, slip as net_slip_days,
        first as is_on_time, last as is_on_time_current, silent as is_silent_miss,
        false as is_lower_bound
    from (
        values
            (1, 'PAY', 14, 1, false, true, false), (2, 'PAY', 0, 0, true, true, false),
            (3, 'PAY', 0, 0, null, null, false), (4, 'WEB', 30, 2, false, null, true),
            (5, 'One', 0, 0, true, true, false), (6, 'Two', 0, 0, true, true, false),
            (7, 'PAY', 5, 1, false, false, true)
    ) as rows (id, team, slip, slips, first, last, silent)
"""
_MOVES = """
    insert into date_moves by name
    select
        'item' as subject_kind, 'jira:a:' || if(n > 9, 7, 1) as subject_id, n as move_number,
        'PAY' as team, timestamptz '2026-01-01 00:00:00Z' as moved_at, move, days,
        before as days_before_due, 'engineering' as actor_role, committed as is_after_commitment,
        false as is_bulk
    from (
        values
            (1, 'slip', 7, 1, true), (2, 'slip', 5, 2, true), (3, 'slip', 10, 30, true),
            (4, 'slip', 3, -4, true), (5, 'pull_in', -3, 1, true), (6, 'slip', 9, 1, false),
            (7, 'retarget', 20, 5, true), (8, 'retarget', -4, 5, true), (9, 'clear', null, 6, true),
            (10, 'slip', 50, 1, true)
    ) as rows (n, move, days, before, committed)
"""
_RATES = """
    insert into handoff_rates by name
    select
        scope, 'Shaping' as from_stage, stage as to_stage, 'product' as from_role,
        'engineering' as to_role, 10 as attempts, 8 as items, 6 as accepted, rejected,
        0 as recalled, 0 as dropped, 1 as undecided, 0 as late_returns, 0 as skips,
        0.3 as rejection_rate, 0.1 as rejection_low, 0.6 as rejection_high, days as rework_days,
        1.5 as median_verdict_days
    from (
        values ('organisation', 'Ready', 3, 12.0), ('organisation', 'Review', 2, 20.0),
            ('team:PAY', 'Ready', 1, 4.0)
    ) as rows (scope, stage, rejected, days)
"""
_RULES = """
    insert into readiness_rules by name
    select
        scope, rule, 1 as rule_number, 10 as checks, 8 - fails as passes, fails,
        2 as not_evaluable, 1 as sole_fails, fails / 8 as fail_rate, 0.1 as fail_low,
        0.9 as fail_high, 10 as passes_now, 2 as filled_later, 0.8 as rejected_when_failed,
        0.2 as rejected_when_passed
    from (
        values ('organisation', 'estimate', 2), ('organisation', 'mock-up', 5), ('team:PAY', 'x', 9)
    ) as rows (scope, rule, fails)
"""
_STAGES = """
    insert into stage_durations by name
    select
        scope, stage, 0 as stage_rank, 'queue' as stage_kind, 'engineering' as owner_role,
        9 as visits, 2 as open_visits, 1 as repeat_visits, 7 as items, days as total_days,
        1.0 as p50_days, 4.0 as p85_days, 2.0 as mean_days, 1.5 as mean_low, 2.5 as mean_high,
        90.0 as horizon_days
    from (
        values ('organisation', 'Build', 25.0), ('organisation', 'Review', 75.0),
            ('team:PAY', 'Review', 10.0)
    ) as rows (scope, stage, days)
"""
_SUMMARIES = """
    insert into metric_summaries by name
    select
        metric, scope, estimate, estimate - 2 as low, estimate + 2 as high, 12 as items,
        3 as open_items
    from (
        values ('lead_time_days_p50', 'organisation', 10.0),
            ('lead_time_days_p85', 'organisation', 31.0), ('lead_time_days_p50', 'team:PAY', 8.0),
            ('lead_time_days_p50', 'release:1.0', 9.0),
            ('lead_time_days_p50', 'item_type:Bug', 4.0),
            ('rejection_rate', 'organisation', 0.3), ('slip_rate', 'team:WEB', 0.1)
    ) as rows (metric, scope, estimate)
"""
_AUDIT = """
    insert into data_audit by name
    select 'a' as source, finding, '' as subject, severity, 3 as expected, 2 as found, detail
    from (
        values ('roles', 'info', 'Good to know.'), ('histories', 'error', 'Short; sync again.'),
            ('clock', 'warning', 'Read with care.')
    ) as rows (finding, severity, detail)
"""


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    rows = (_WORK, _VISITS, _HANDOFFS, _CHECKS, _COMMITMENTS, _MOVES)
    estimates = (_RATES, _RULES, _STAGES, _SUMMARIES, _AUDIT)
    with holding(*rows, *estimates) as warehouse:
        yield warehouse


def test_there_are_so_many_and_each_is_a_question_in_plain_words() -> None:
    questions = ready_made().values()
    assert len(questions) == 37
    assert [one.name for one in questions if not one.words.endswith("?")] == []


@pytest.mark.parametrize("question", ready_made().values(), ids=lambda one: str(one.name))
def test_every_question_says_what_it_reads_what_may_be_changed_and_what_it_answered(
    question: Question,
) -> None:
    tables = {f"main.{table.name}" for table in dictionary.tables()}
    beside = {"core.items", "core.actors", "core.release_dates", "staging.organisation"}
    assert question.reads
    assert set(question.reads) <= tables | beside
    assert set(question.parameters) <= set(PARAMETERS)
    assert set(re.findall(r"\$(\w+)", question.sql)) == set(question.parameters)
    assert question.in_words
    assert question.on_the_demo


def test_every_question_is_put_to_literal_rows() -> None:
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_queries*.py"))
    assert [name for name in ready_made() if f"def test_{name}(" not in tests] == []


def test_where_work_waits(warehouse: Warehouse) -> None:
    columns = "stage total_days share_of_days mean_days mean_low mean_high"
    assert answer(warehouse, "where_work_waits", columns) == [
        ("Review", 75.0, 0.75, 2.0, 1.5, 2.5),
        ("Build", 25.0, 0.25, 2.0, 1.5, 2.5),
    ]
    assert answer(warehouse, "where_work_waits", columns, scope="team:PAY") == [
        ("Review", 10.0, 1.0, 2.0, 1.5, 2.5)
    ]


def test_oldest_open_work(warehouse: Warehouse) -> None:
    columns = "key stage age_days days_in_stage"
    assert answer(warehouse, "oldest_open_work", columns) == [
        ("PAY-2", "Build", 50.0, 25.0),
        ("PAY-3", "Review", 40.0, 20.0),
        ("PAY-1", "Review", 30.0, 15.0),
    ]
    assert answer(warehouse, "oldest_open_work", "key", team="PAY", rows="1") == [("PAY-2",)]


def test_work_in_progress(warehouse: Warehouse) -> None:
    columns = "stage items median_days_so_far longest_days_so_far"
    assert answer(warehouse, "work_in_progress", columns) == [
        ("Review", 2, 17.5, 20.0),
        ("Build", 1, 25.0, 25.0),
    ]


def test_how_long_work_takes(warehouse: Warehouse) -> None:
    columns = "scope half_done_within_days half_low half_high most_done_within_days most_high"
    assert answer(warehouse, "how_long_work_takes", columns) == [
        ("organisation", 10.0, 8.0, 12.0, 31.0, 33.0),
        ("item_type:Bug", 4.0, 2.0, 6.0, None, None),
        ("team:PAY", 8.0, 6.0, 10.0, None, None),
    ]


def test_handoffs_that_bounce(warehouse: Warehouse) -> None:
    columns = "to_stage rejected rework_days"
    assert answer(warehouse, "handoffs_that_bounce", columns) == [
        ("Review", 2, 20.0),
        ("Ready", 3, 12.0),
    ]


def test_items_sent_back_most(warehouse: Warehouse) -> None:
    columns = "key rejections rework_days"
    assert answer(warehouse, "items_sent_back_most", columns) == [
        ("PAY-1", 3, 5.0),
        ("PAY-2", 1, 10.0),
    ]


def test_rules_that_fail(warehouse: Warehouse) -> None:
    assert answer(warehouse, "rules_that_fail", "rule judged fails fail_rate") == [
        ("mock-up", 8, 5, 0.625),
        ("estimate", 8, 2, 0.25),
    ]


def test_rules_repaired_later(warehouse: Warehouse) -> None:
    columns = "rule failed_at_handoff look_fulfilled_today undone_since median_days_to_repair"
    assert answer(warehouse, "rules_repaired_later", columns) == [
        ("estimate", 2, 1, 1, 2.0),
        ("mock-up", 0, 0, 0, None),
    ]


def test_promises_kept(warehouse: Warehouse) -> None:
    columns = (
        "team due kept_first_date due_last kept_last_date share_kept_first_date missed_in_silence"
    )
    assert answer(warehouse, "promises_kept", columns) == [
        ("PAY", 2, 1, 2, 2, 0.5, 0),
        ("WEB", 1, 0, 0, 0, 0.0, 1),
        (None, 2, 2, 2, 2, 1.0, 0),
    ]


def test_dates_moved_most(warehouse: Warehouse) -> None:
    assert answer(warehouse, "dates_moved_most", "subject slip_count gross_slip_days") == [
        ("PAY-4", 2, 30),
        ("PAY-1", 1, 14),
        ("PAY-7", 1, 5),
    ]


def test_notice_of_slips(warehouse: Warehouse) -> None:
    assert answer(warehouse, "notice_of_slips", "how_early slips slipped_days") == [
        ("a: earlier", 1, 10),
        ("c: in the last week", 2, 20),
        ("d: in the last 2 days", 2, 12),
        ("e: after the day", 1, 3),
    ]


@pytest.mark.parametrize("name", ["work_in_progress", "rules_repaired_later", "notice_of_slips"])
def test_a_team_in_which_too_few_act_has_no_figures(name: str) -> None:
    question = find(name)
    renamed = (
        "update visits set team = 'One' where team = 'PAY'",
        "update readiness_checks set team = 'One'",
        "update date_moves set team = 'One'",
    )
    rows = (_WORK, _VISITS, _CHECKS, _MOVES, _SUMMARIES)
    for statements, team, is_told in ((rows, "PAY", True), ((*rows, *renamed), "One", False)):
        with holding(*statements) as warehouse:
            assert warehouse.answer(question.sql, question.parameters, None).height > 0
            given = question.asked_with({"team": team}).parameters
            assert (warehouse.answer(question.sql, given, None).height > 0) is is_told


def test_what_to_know_first(warehouse: Warehouse) -> None:
    assert answer(warehouse, "what_to_know_first", "severity detail") == [
        ("error", "Short; sync again."),
        ("warning", "Read with care."),
        ("info", "Good to know."),
    ]
