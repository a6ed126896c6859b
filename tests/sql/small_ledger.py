"""A ledger a person can follow: two items, everything about them in order, and all estimates.

A ticket waits two days for a decision, one in a queue, and is built since; what it was handed over
without was filled in after a day of building. A pull request is approved by one reviewer after
another has asked for changes. All of March 2026; the snapshot is the 12th.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from roadworthy.warehouse import Warehouse, in_memory

#: The beginning of a day of that March.
_INSTANT = """
    create temp macro instant(day) as timestamptz '2026-02-28 00:00:00Z' + to_days(day)
"""

#: Of the other schemas no more than the checks read.
_OTHER_SCHEMAS = """
    create schema core; create schema raw; create schema staging;
    create table core.items as
    from (values ('jira:a:1', instant(2), instant(12)), ('github:a:2', instant(3), instant(12)))
        as rows (item_id, created_at, observed_until);
    create table core.field_changes as
    from (values ('jira:a:1', '10', 1, instant(4)), ('jira:a:1', '10', 2, instant(4)),
        ('jira:a:1', '11', 3, instant(5)))
        as rows (item_id, change_group, sequence, changed_at);
    create table core.item_links as
    from (values ('jira:a:1', 'github:a:2', 'pull_request'))
        as rows (item_id, linked_item_id, link);
    create table raw.records as
    select *, '{"changelog": {"histories":
        [{"id": "10", "items": [{}, {}]}, {"id": "11", "items": [{}]}]}}'::json as payload
    from (values ('a', 'jira', 'issues', '1', null), ('a', 'jira', 'issues', '1', 'run2'))
        as rows (source, tracker, resource, key, superseded_run_id);
    create view staging.jira_histories as
    select 'jira:a:' || key as item_id, history ->> '$.id' as history_id,
        history -> '$.items' as items
    from (
        select key, unnest(from_json(payload -> '$.changelog.histories', '["JSON"]')) as history
        from raw.records where superseded_run_id is null
    );
"""

_ITEMS = """
    insert into work_items by name
    select
        *, split_part(item_id, ':', 2) as source, item_id as key, team as project, stage as status,
        false as is_subtask, instant(12) as observed_until, false as is_dropped,
        0 as reassignment_count, done_at is not null as is_done,
        coalesce(done_at, observed_until) as clock_ended_at, created_at as clock_started_at,
        epoch(clock_ended_at - created_at) / 86400 as age_days
    from (values
        ('jira:a:1', 'ticket', 'PAY', instant(2), 'Build', 'active', null, 1),
        ('github:a:2', 'pull_request', 'PAY', instant(3), 'Merged', 'done', instant(6), 0)
    ) as rows (item_id, kind, team, created_at, stage, stage_kind, done_at, handoff_count);

    insert into visits by name
    select
        *, 'PAY' as team, left_at is null as is_open, false as is_repeat, 0 as business_hours,
        epoch(coalesce(left_at, instant(12)) - entered_at) / 3600 as elapsed_hours
    from (values
        ('jira:a:1', 1, 'Decide', 'decision', 'product', instant(2), instant(4)),
        ('jira:a:1', 2, 'Ready', 'queue', 'engineering', instant(4), instant(5)),
        ('jira:a:1', 3, 'Build', 'active', 'engineering', instant(5), null),
        ('github:a:2', 1, 'Review', 'approval', 'engineering', instant(3), instant(6)),
        ('github:a:2', 2, 'Merged', 'done', null, instant(6), null)
    ) as rows (item_id, visit_number, stage, stage_kind, owner_role, entered_at, left_at);

    insert into aging_work by name
    select
        'jira:a:1' as item_id, 'PAY' as team, 'Build' as stage, instant(5) as entered_at,
        7 as age_days, 10 as item_age_days, 5 as p85_days, true as is_overdue;

    insert into latency_components by name
    select *, 'PAY' as team, days * 86400000000 as microseconds
    from (values
        ('jira:a:1', 'decision_wait:Decide', 'decision_wait', 2),
        ('jira:a:1', 'queue:Ready', 'queue', 1), ('jira:a:1', 'touch:Build', 'touch', 7),
        ('github:a:2', 'approval_wait:Review', 'approval_wait', 3)
    ) as rows (item_id, component, cause_kind, days);
"""

_HANDOFFS = """
    insert into handoffs by name
    select
        'jira:a:1/1' as handoff_id, 'jira:a:1' as item_id, 'PAY' as team, 'Decide' as from_stage,
        'Ready' as to_stage, 'product' as from_role, 'engineering' as to_role, 1 as attempt,
        instant(4) as handed_at, 'accepted' as verdict, instant(5) as verdict_at,
        24 as verdict_hours, false as is_rework_open, false as is_ready,
        ['estimate'] as failed_rules, false as is_skip;

    insert into readiness_checks by name
    select
        *, 'jira:a:1/1' as handoff_id, 'jira:a:1' as item_id, 'PAY' as team,
        instant(4) as checked_at, 'pass' as outcome_now, true as is_in_force
    from (values
        ('estimate', 'fail', instant(6), 2.0, true), ('mock-up', 'pass', instant(4), null, null),
        ('epic', 'not_evaluable', null, null, null)
    ) as rows (rule, outcome, passed_at, debt_days, is_filled_late);

    insert into intake by name
    select *, 'PAY' as team, false as is_exempt, 0 as scope_edit_count
    from (values ('jira:a:1', instant(5), false), ('github:a:2', instant(6), true))
        as rows (item_id, entered_build_at, is_bypass);
"""

_DECISIONS = """
    insert into decisions by name
    select
        * exclude (number), item_id || '/' || channel || '/' || number as decision_id,
        'PAY' as team, ended_at as decided_at, ended_at is null as is_open,
        if(is_open, 'open', 'decided') as outcome, if(is_open, null, 'product') as decided_by_role,
        if(is_open, null, reversed_at is not null) as is_reversed,
        epoch(coalesce(ended_at, instant(12)) - requested_at) / 3600 as elapsed_hours,
        elapsed_hours / 3 as business_hours
    from (values
        ('jira:a:1', 'stage', 1, 'Decide', instant(2), instant(4), null, instant(4)),
        ('jira:a:1', 'flag', 1, 'timeline', instant(10), null, null, null),
        ('github:a:2', 'review', 1, 'review', instant(3), instant(5), null, instant(5)),
        ('github:a:2', 'review', 2, 'review', instant(3), instant(4), instant(5), null)
    ) as rows (item_id, channel, number, decision_right, requested_at, ended_at, reversed_at,
        stable_at);

    insert into approval_requests by name
    select
        *, 'github:a:2' as item_id, 'PAY' as team, 'review' as channel, instant(3) as requested_at,
        epoch(ended_at - requested_at) / 3600 as elapsed_hours, elapsed_hours / 3 as business_hours
    from (values
        (1, 'security', instant(4), 'changes_requested', true),
        (2, 'engineering', instant(5), 'approved', false)
    ) as rows (request_number, step, ended_at, verdict, has_finding);

    insert into approvals by name
    select
        'github:a:2' as item_id, 'PAY' as team, 2 as approvers_requested, 1 as approvers_obtained,
        1 as depth, 1 as approvers_in_series, instant(3) as first_requested_at,
        8 as first_response_hours, 16 as waiting_hours, 8 as solo_hours,
        1 as changes_requested_count, 2 as verdict_count, 1 as no_finding_count, false as is_open;

    insert into decision_changes by name
    select
        *, 'jira:a:1' as item_id, 'PAY' as team, instant(change_number + 5) as changed_at,
        true as is_after_commitment, false as is_bulk
    from (values
        (1, 'timeline', 'duedate', 'product', true, false, true),
        (2, 'timeline', 'duedate', 'ceo', false, true, false),
        (3, 'scope', 'description', 'product', null, null, false),
        (4, 'timeline', 'fixVersions', 'bot', null, false, false)
    ) as rows (change_number, decision_right, field, actor_role, is_out_of_role, is_override,
        is_contest);
"""

_PROMISES = """
    insert into commitments by name
    select
        'release' as subject_kind, 'r1' as subject_id, '1.0' as subject, 'PAY' as team,
        'release_date' as date_source, instant(2) as committed_at, date '2026-03-20' as original_on,
        date '2026-03-27' as current_on, 1 as slip_count, 7 as gross_slip_days, 0 as pull_in_days,
        7 as net_slip_days, false as is_silent_miss, true as is_lower_bound;

    insert into date_moves by name
    select
        'release' as subject_kind, 'r1' as subject_id, 1 as move_number, 'PAY' as team,
        instant(9) as moved_at, date '2026-03-20' as from_on, date '2026-03-27' as to_on,
        'slip' as move, 7 as days, '?' as actor_role, true as is_after_commitment, false as is_bulk;

    insert into forecast_drift by name
    select
        'r1' as subject_id, instant(2) as committed_at, 3 as points, 0.7 as drift_rate,
        0.0 as drift_low, 1.0 as drift_high, true as is_lower_bound;

    insert into scope_injection by name
    select
        'release' as subject_kind, 'r1' as subject_id, instant(2) as committed_at,
        2 as committed_items, 5 as injected_items, 1 as removed_items, 2.5 as injected_share,
        0.5 as removed_share, true as is_lower_bound;

    insert into cost_of_delay by name
    select *, 'organisation' as scope, 'As declared.' as basis
    from (values
        ('delay', 1.0, 'weeks', 1, 0.5, 2.0, 20000.0, 60000.0, 'USD'),
        ('labour', 0.0, 'hours', 0, null, null, null, null, null)
    ) as rows (ledger, quantity, quantity_unit, subjects, quantity_low, quantity_high, low, high,
        currency);
"""

_ESTIMATES = """
    insert into decision_rights by name
    select *, 'organisation' as scope, 4 as items, 0 as bulk_changes, 0.0 as unknown_share
    from (values
        ('timeline', 'engineering', 10, 1.5, 1.2, 1.9, 0.4, 0.2, 0.6, 0.1, 0.0, 0.3, 'measured'),
        ('scope', null, 4, null, null, null, null, null, null, null, null, null,
            'insufficient_data')
    ) as rows (decision_right, decides, changes, effective_deciders, effective_low, effective_high,
        out_of_role_share, out_of_role_low, out_of_role_high, contest_rate, contest_low,
        contest_high, verdict);

    insert into decision_right_shares by name
    select *, 'organisation' as scope, 'timeline' as decision_right
    from (values
        ('engineering', 'decides', 6, 0.6, 0.4, 0.8),
        ('product', 'out_of_role', 4, 0.4, 0.2, 0.6)
    ) as rows (role, standing, changes, share, share_low, share_high);

    insert into priority_churn by name
    select
        'organisation' as scope, 10 as changes, 2 as items, 5.0 as item_weeks,
        200.0 as changes_per_100_item_weeks, 100.0 as changes_low, 300.0 as changes_high,
        0.2 as reversal_share, 0.5 as mid_build_share, 'measured' as verdict;

    insert into decision_times by name
    select
        'organisation' as scope, 'review' as decision_right, 'review' as channel, 2 as decisions,
        1 as items, 0 as open_decisions, 0 as withdrawn, 12.0 as mean_hours, 8.0 as mean_low,
        16.0 as mean_high, 0.5 as overdue_share, 1 as reversed, 0.5 as reversal_share,
        0.1 as reversal_low, 0.9 as reversal_high;

    insert into approval_steps by name
    select
        'organisation' as scope, 'review' as channel, 'security' as step, 1 as requests,
        1 as verdicts, 0 as open_requests, 8.0 as mean_hours, 4.0 as mean_low, 9.0 as mean_high,
        0.0 as no_finding_share, 0.0 as no_finding_low, 0.8 as no_finding_high, 0.5 as solo_share;

    insert into flow_efficiency by name
    select
        'organisation' as scope, 2 as items, 1 as open_items, 5.0 as touch_low_hours,
        20.0 as touch_high_hours, 50.0 as elapsed_hours, 0.1 as efficiency_low,
        0.05 as efficiency_low_low, 0.2 as efficiency_low_high, 0.4 as efficiency_high,
        0.3 as efficiency_high_low, 0.5 as efficiency_high_high;

    insert into handoff_rates by name
    select
        'organisation' as scope, 'Decide' as from_stage, 'Ready' as to_stage,
        'product' as from_role, 'engineering' as to_role, 1 as attempts, 1 as items, 1 as accepted,
        0 as rejected, 0 as recalled, 0 as dropped, 0 as undecided, 0 as late_returns, 0 as skips,
        0.0 as rejection_rate, 0.0 as rejection_low, 0.8 as rejection_high, 1.0 as first_pass_yield,
        0.2 as first_pass_low, 1.0 as first_pass_high, 0.0 as two_attempts_share,
        0.0 as two_attempts_low, 0.8 as two_attempts_high, 0.0 as three_attempts_share,
        0.0 as three_attempts_low, 0.8 as three_attempts_high, 1.0 as mean_attempts,
        1.0 as mean_attempts_low, 1.5 as mean_attempts_high, 0.0 as rework_days;

    insert into latency_shares by name
    select
        *, 'organisation' as scope, 10.0 as latency_days, 2 as items, 1 as open_items
    from (values
        ('queue:Ready', 'queue', 4.0, 3.0, 5.0, 0.4, 0.3, 0.5),
        ('touch:Build', 'touch', 6.0, 5.0, 7.0, 0.6, 0.5, 0.7)
    ) as rows (component, cause_kind, days_per_item, low, high, share, share_low, share_high);

    insert into attribution by name
    select
        'organisation' as scope, 'seat' as cause_class, 3.0 as excess_days, 2.0 as low,
        4.0 as high, 0.9 as persistence, 0.7 as persistence_low, 1.1 as persistence_high,
        'structural' as verdict, 'seat' as reason, [] as seat_teams, 0 as seats_withheld,
        40 as items;

    insert into attribution_rules by name
    select
        'organisation' as scope, 'estimate' as rule, 'readiness' as rule_kind,
        'evaluable' as evaluable, 0.4 as exposed_share, 5.0 as met_days, 4.0 as met_low,
        6.0 as met_high, 2.0 as excess_days, 1.0 as excess_low, 3.0 as excess_high,
        true as is_cause;

    insert into identification by name
    select
        'organisation' as scope, 4 as seats, 2 as replaced_seats, 1 as components,
        1.0 as identifiable_share, 40 as items;

    insert into constraints by name
    select *, 'organisation' as scope, 0.0 as loop_days, 10.0 as latency_days, 2 as items
    from (values
        (1, 'queue:Ready', 'queue', 4.0, 1.0, 'declared', 3.0, 2.0, 4.0, 'constraint'),
        (null, 'touch:Build', 'touch', 6.0, null, 'none', null, null, null, 'not_compared')
    ) as rows (rank, cause, cause_kind, days_per_item, benchmark_days, benchmark_source,
        excess_days, excess_low, excess_high, verdict);

    insert into readiness_rules by name
    select
        'organisation' as scope, 'estimate' as rule, 1 as rule_number, 1 as checks, 0 as passes,
        1 as fails, 0 as not_evaluable, 1 as sole_fails, 1.0 as fail_rate, 0.2 as fail_low,
        1.0 as fail_high, 1 as passes_now, 1 as filled_later, 0.4 as rejected_when_failed,
        0.2 as rejected_when_passed, 2.0 as rejection_lift, 1.0 as lift_low, 4.0 as lift_high,
        1.0 as late_fill_share, 0.0 as never_filled_share;

    insert into stage_durations by name
    select
        'organisation' as scope, 'Ready' as stage, 1 as stage_rank, 1 as visits, 0 as open_visits,
        0 as repeat_visits, 1 as items, 1.0 as total_days, 1.0 as mean_days, 0.5 as mean_low,
        1.5 as mean_high, 9.0 as horizon_days;

    insert into weekly_metrics by name
    select
        *, 'organisation' as scope, date '2026-03-02' as week_on, 2 as items, 0 as open_items,
        true as is_mature
    from (values
        ('on_time_rate', 0.5, 0.1, 0.9), ('time_in_stage_days:pass_rate', 4.0, 3.0, 5.0)
    ) as rows (metric, estimate, low, high);

    insert into metric_summaries by name
    select *, 'organisation' as scope, 2 as items, 0 as open_items
    from (values
        ('on_time_rate', 0.5, 0.1, 0.9), ('readiness_pass_rate_now', 0.9, 0.8, 1.0),
        ('lead_time_days_p85', null, 12.0, null)
    ) as rows (metric, estimate, low, high);

    insert into published_figures by name
    select '2026-01-31'::timestamptz as snapshot_at, 'organisation' as scope,
        'on_time_rate' as figure, 0.5 as estimate, 0.1 as low, 0.9 as high, 2 as items,
        'a' as config_hash;
"""
_EFFECTS = """
    insert into intervention_effects by name
    select
        'Rule' as intervention, 'governance' as intervention_kind, 'on_time_rate' as metric,
        true as is_primary, 'share' as unit, 0.2 as estimate, 0.1 as low, 0.3 as high,
        1.5 as ratio, 1.2 as ratio_low, 1.8 as ratio_high, 'improved' as verdict,
        'B' as design_grade, 0.05 as false_discovery_rate, 'week' as bucket,
        26 as buckets_before, 20 as buckets_after, 0 as buckets_immature, 260 as items_before,
        200 as items_after, ['Web'] as comparison_teams, [] as caveats;

    insert into effect_series by name
    select
        'Rule' as intervention, 'on_time_rate' as metric, date '2026-03-02' as bucket_on,
        'after' as phase, true as is_mature, 10 as items, 0 as open_items, 0.6 as observed,
        0.4 as observed_low, 0.8 as observed_high, 0.4 as counterfactual,
        0.3 as counterfactual_low, 0.5 as counterfactual_high;

    insert into early_signals by name
    select
        'Rule' as intervention, 'lead_time_days' as metric, 30 as days_after, 0.9 as ratio,
        0.7 as ratio_low, 1.1 as ratio_high, 0.8 as probability_improved, 12 as windows_before,
        1 as windows_after;
"""


@contextmanager
def small_ledger() -> Iterator[Warehouse]:
    """A warehouse that holds it."""
    with in_memory() as warehouse:
        warehouse.execute(_INSTANT)
        warehouse.run_folder("schema/main")
        for rows in (
            _OTHER_SCHEMAS,
            _ITEMS,
            _HANDOFFS,
            _DECISIONS,
            _PROMISES,
            _ESTIMATES,
            _EFFECTS,
        ):
            warehouse.execute(rows)
        yield warehouse
