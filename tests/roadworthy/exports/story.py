"""A ticket that is sent back, promised, decided and approved; and one to which nothing happens."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place

ITEMS = """
    insert into main.work_items by name
    select 'jira:acme:' || number as item_id, 'acme' as source, kind, key, title,
        'PAY' as project, 'Payments' as team, 'Story' as item_type, false as is_subtask,
        timestamptz '2026-03-02 08:00:00Z' as created_at,
        timestamptz '2026-03-31 06:00:00Z' as observed_until, 'Ready' as stage,
        'To do' as status, false as is_done, false as is_dropped, 29 as age_days,
        1 as handoff_count, 0 as reassignment_count, release
    from (values
        (1, 'ticket', 'PAY-1', 'Pay by card', 'PAY 1.0'),
        (2, 'ticket', 'PAY-2', 'Nothing happened', null)
    ) as items (number, kind, key, title, release)
"""
VISITS = """
    insert into main.visits by name
    select 'jira:acme:1' as item_id, visit_number, 'Payments' as team, stage, 'queue' as stage_kind,
        owner_role, entered_at::timestamptz as entered_at, left_at::timestamptz as left_at,
        2.5 as elapsed_hours, 2 as business_hours, left_at is null as is_open, false as is_repeat
    from (values
        (2, 'Ready', 'engineering', '2026-03-02 10:30:00Z', null),
        (1, 'Shaping', 'product', '2026-03-02 08:00:00Z', '2026-03-02 10:30:00Z')
    ) as visits (visit_number, stage, owner_role, entered_at, left_at)
"""
HANDOFF = """
    insert into main.handoffs by name
    select 'jira:acme:1/1' as handoff_id, 'jira:acme:1' as item_id, 'Payments' as team,
        'Shaping' as from_stage, 'Ready' as to_stage, 'product' as from_role,
        'engineering' as to_role, 1 as attempt, timestamptz '2026-03-02 10:30:00Z' as handed_at,
        'rejected' as verdict, timestamptz '2026-03-03 09:00:00Z' as verdict_at,
        22.5 as verdict_hours, '?' as verdict_role, false as is_rework_open, false as is_ready,
        ['size', 'goal'] as failed_rules, false as is_skip
"""
CHECK = """
    insert into main.readiness_checks by name
    select 'jira:acme:1/1' as handoff_id, 'jira:acme:1' as item_id, 'Payments' as team,
        'size' as rule, timestamptz '2026-03-02 10:30:00Z' as checked_at, 'fail' as outcome,
        'pass' as outcome_now, timestamptz '2026-03-04 10:30:00Z' as passed_at, 2 as debt_days,
        true as is_in_force
"""
RELEASE = """
    insert into main.commitments by name
    select 'release' as subject_kind, 'jira:acme:1' as subject_id, 'PAY 1.0' as subject,
        'PAY' as team, 'release_date' as date_source,
        timestamptz '2026-03-05 08:00:00Z' as committed_at, date '2026-04-01' as original_on,
        0 as slip_count, 0 as gross_slip_days, 0 as pull_in_days, false as is_silent_miss,
        false as is_lower_bound;
    insert into core.release_dates (release_id, project) values ('jira:acme:1', 'PAY')
"""
MOVE = """
    insert into main.date_moves by name
    select 'item' as subject_kind, 'jira:acme:1' as subject_id, 1 as move_number,
        'Payments' as team, timestamptz '2026-03-06 08:00:00Z' as moved_at,
        date '2026-04-01' as from_on, date '2026-04-08' as to_on, 'slip' as move, 7 as days,
        'product' as actor_role, true as is_after_commitment, false as is_bulk
"""
DECISION = """
    insert into main.decisions by name
    select 'jira:acme:1/stage/1' as decision_id, 'jira:acme:1' as item_id, 'Payments' as team,
        'Roadmap' as decision_right, 'stage' as channel,
        timestamptz '2026-03-07 08:00:00Z' as requested_at,
        timestamptz '2026-03-08 08:00:00Z' as ended_at, 'withdrawn' as outcome,
        24 as elapsed_hours, 8 as business_hours, 'ceo' as asked_role, false as is_open
"""
APPROVAL = """
    insert into main.approval_requests by name
    select 'jira:acme:1' as item_id, 1 as request_number, 'Payments' as team,
        'review' as channel, 'engineering' as step,
        timestamptz '2026-03-09 08:00:00Z' as requested_at,
        timestamptz '2026-03-09 09:00:00.000001Z' as ended_at, 'approved' as verdict,
        1 as business_hours, 1 as elapsed_hours, false as has_finding
"""
CHANGE = """
    insert into main.decision_changes by name
    select 'jira:acme:1' as item_id, 1 as change_number, 'Payments' as team,
        'priority' as decision_right, 'priority' as field,
        timestamptz '2026-03-10 08:00:00Z' as changed_at, 'Low' as from_value, 'High' as to_value,
        'ceo' as actor_role, true as is_after_commitment, false as is_contest, false as is_bulk
"""
EVERYTHING = (
    ITEMS,
    VISITS,
    HANDOFF,
    CHECK,
    RELEASE,
    MOVE,
    DECISION,
    APPROVAL,
    CHANGE,
)


def exported(place: "Place", *formats: str) -> Path:
    """Export in some formats; returns the folder."""
    out = place.folder / "out"
    given = [part for name in formats for part in ("--format", name)]
    result = place.call("export", str(out), *given)
    assert result.exit_code == 0, result.stderr
    return out


#: What somebody may put into a title to do harm, and whatever must be left of it.
HOSTILE = (
    ']]></trace><!ENTITY x SYSTEM "file:///etc/passwd">&x;\'"\x00\x1b[2J\u202e\ufffe\uffff\n\x85'
)
DRAWN = (
    ']]></trace><!ENTITY x SYSTEM "file:///etc/passwd">&x;\'"␀␛[2J⟨U+202E⟩⟨U+FFFE⟩⟨U+FFFF⟩␊⟨U+0085⟩'
)


def hostile(place: "Place", title: str, *formats: str) -> Path:
    """Export a warehouse with a title, a stage and a value that were meant to do harm."""
    literal = " || ".join(f"chr({ord(character)})" for character in title)
    place.publish(
        *EVERYTHING,
        f"update main.work_items set title = {literal}",  # noqa: S608 - the test's own words
        f"update main.visits set stage = {literal}",  # noqa: S608
        f"update main.decision_changes set to_value = {literal}",  # noqa: S608
    )
    return exported(place, *formats)
