-- Everything that happened to a work item or a release, for tools of process mining: what is known at its instant.
-- Grain: one row per event_id.
-- Reads: main.visits, main.handoffs, main.readiness_checks, main.commitments, main.date_moves,
--     main.decision_changes, main.decisions, main.approval_requests.
-- activity and transition are those of XES, where a stay is one activity that starts and completes;
-- event_type is that of OCEL, which knows instants alone. What happened in one instant is ordered by
-- place and number. A column that is null does not belong to that kind of event.
with

entered as (
    select
        item_id || '/visit/' || visit_number || '/entered' as event_id,
        item_id,
        entered_at as event_at,
        1 as place,
        2 * visit_number as number,
        stage as activity,
        'start' as transition,
        'entered ' || stage as event_type,
        owner_role as role,
        'owner' as role_is,
        team,
        stage,
        stage_kind,
        visit_number,
        is_repeat
    from main.visits
),

left_again as (
    select
        item_id || '/visit/' || visit_number || '/left' as event_id,
        item_id,
        left_at as event_at,
        1 as place,
        2 * visit_number + 1 as number,
        stage as activity,
        'complete' as transition,
        'left ' || stage as event_type,
        owner_role as role,
        'owner' as role_is,
        team,
        stage,
        stage_kind,
        visit_number,
        is_repeat,
        elapsed_hours,
        business_hours
    from main.visits
    where not is_open
),

numbered_handoffs as (
    select *, split_part(handoff_id, '/', -1)::bigint as handoff_number from main.handoffs
),

handed as (
    select
        handoff_id || '/handed' as event_id,
        item_id,
        handoff_id as about_id,
        'handoff' as about,
        handed_at as event_at,
        2 as place,
        3 * handoff_number as number,
        'handed over to ' || to_stage as event_type,
        from_role as role,
        'from' as role_is,
        to_role as receiver,
        team,
        from_stage,
        to_stage,
        attempt,
        is_ready,
        array_to_string(failed_rules, ', ') as failed_rules,
        is_skip
    from numbered_handoffs
),

judged as (
    select
        handoff_id || '/verdict' as event_id,
        item_id,
        handoff_id as about_id,
        'handoff' as about,
        verdict_at as event_at,
        2 as place,
        3 * handoff_number + 1 as number,
        'handoff ' || verdict as event_type,
        verdict_role as role,
        'by' as role_is,
        team,
        from_stage,
        to_stage,
        attempt,
        verdict,
        verdict_hours
    from numbered_handoffs
    where verdict <> 'undecided'
),

returned as (
    select
        handoff_id || '/returned' as event_id,
        item_id,
        handoff_id as about_id,
        'handoff' as about,
        late_return_at as event_at,
        2 as place,
        3 * handoff_number + 2 as number,
        'returned after acceptance' as event_type,
        team,
        from_stage,
        to_stage,
        attempt
    from numbered_handoffs
    where late_return_at is not null
),

checked as (
    select
        handoff_id || '/rule/' || rule as event_id,
        item_id,
        handoff_id as about_id,
        'handoff' as about,
        checked_at as event_at,
        3 as place,
        split_part(handoff_id, '/', -1)::bigint as number,
        case outcome
            when 'pass' then 'rule of readiness passed'
            when 'fail' then 'rule of readiness failed'
            else 'rule of readiness not evaluable'
        end as event_type,
        team,
        rule,
        outcome,
        is_in_force
    from main.readiness_checks
),

made_good as (
    select
        handoff_id || '/met/' || rule as event_id,
        item_id,
        handoff_id as about_id,
        'handoff' as about,
        passed_at as event_at,
        3 as place,
        split_part(handoff_id, '/', -1)::bigint as number,
        'rule of readiness met later' as event_type,
        team,
        rule,
        is_in_force,
        debt_days
    from main.readiness_checks
    where outcome = 'fail' and passed_at is not null
),

promised as (
    select
        subject_id || '/promised/' || subject_kind as event_id,
        if(subject_kind = 'item', subject_id, null) as item_id,
        if(subject_kind = 'release', 'release:' || subject_id, null) as about_id,
        'release' as about,
        committed_at as event_at,
        4 as place,
        0 as number,
        subject_kind || ' promised' as event_type,
        team,
        original_on as to_on
    from main.commitments
    where committed_at is not null
),

shipped as (
    select
        subject_id || '/shipped' as event_id,
        'release:' || subject_id as about_id,
        'release' as about,
        shipped_at as event_at,
        9 as place,
        0 as number,
        'release shipped' as event_type,
        team
    from main.commitments
    where subject_kind = 'release' and shipped_at is not null
),

moved as (
    select
        subject_id || '/date/' || subject_kind || '/' || move_number as event_id,
        if(subject_kind = 'item', subject_id, null) as item_id,
        if(subject_kind = 'release', 'release:' || subject_id, null) as about_id,
        'release' as about,
        moved_at as event_at,
        5 as place,
        move_number as number,
        case move
            when 'slip' then 'date slipped'
            when 'pull_in' then 'date pulled in'
            when 'clear' then 'date cleared'
            when 'retarget' then 'release changed'
            when 'correction' then 'date corrected'
            else 'date set'
        end as event_type,
        actor_role as role,
        'by' as role_is,
        team,
        from_on,
        to_on,
        days,
        is_after_commitment,
        is_bulk
    from main.date_moves
),

changed as (
    select
        item_id || '/change/' || change_number as event_id,
        item_id,
        changed_at as event_at,
        6 as place,
        change_number as number,
        'changed ' || field as event_type,
        actor_role as role,
        'by' as role_is,
        team,
        decision_right,
        field,
        from_value,
        to_value,
        is_after_commitment,
        is_out_of_role,
        is_contest,
        is_override,
        is_bulk
    from main.decision_changes
),

numbered_decisions as (
    select *, split_part(decision_id, '/', -1)::bigint as decision_number from main.decisions
),

asked as (
    select
        decision_id || '/asked' as event_id,
        item_id,
        decision_id as about_id,
        'decision' as about,
        requested_at as event_at,
        7 as place,
        3 * decision_number as number,
        'decision: ' || decision_right as activity,
        'start' as transition,
        'decision asked: ' || decision_right as event_type,
        asked_role as role,
        'asked' as role_is,
        team,
        decision_right,
        channel
    from numbered_decisions
),

decided as (
    select
        decision_id || '/ended' as event_id,
        item_id,
        decision_id as about_id,
        'decision' as about,
        ended_at as event_at,
        7 as place,
        3 * decision_number + 1 as number,
        'decision: ' || decision_right as activity,
        if(outcome = 'decided', 'complete', 'withdraw') as transition,
        if(outcome = 'decided', 'decided: ', 'decision ' || outcome || ': ') || decision_right as event_type,
        decided_by_role as role,
        'by' as role_is,
        team,
        decision_right,
        channel,
        outcome,
        elapsed_hours,
        business_hours
    from numbered_decisions
    where ended_at is not null
),

reversed as (
    select
        decision_id || '/reversed' as event_id,
        item_id,
        decision_id as about_id,
        'decision' as about,
        reversed_at as event_at,
        7 as place,
        3 * decision_number + 2 as number,
        'decision reversed: ' || decision_right as event_type,
        team,
        decision_right,
        channel
    from numbered_decisions
    where reversed_at is not null
),

requested as (
    select
        item_id || '/approval_request/' || request_number || '/requested' as event_id,
        item_id,
        item_id || '/approval_request/' || request_number as about_id,
        'approval' as about,
        requested_at as event_at,
        8 as place,
        2 * request_number as number,
        'approval: ' || step as activity,
        'start' as transition,
        'approval requested: ' || step as event_type,
        team,
        channel,
        step
    from main.approval_requests
),

answered as (
    select
        item_id || '/approval_request/' || request_number || '/ended' as event_id,
        item_id,
        item_id || '/approval_request/' || request_number as about_id,
        'approval' as about,
        ended_at as event_at,
        8 as place,
        2 * request_number + 1 as number,
        'approval: ' || step as activity,
        if(verdict in ('approved', 'changes_requested'), 'complete', 'withdraw') as transition,
        case verdict
            when 'approved' then 'approved: '
            when 'changes_requested' then 'changes requested: '
            else 'approval ' || verdict || ': '
        end || step as event_type,
        team,
        channel,
        step,
        verdict,
        has_finding,
        elapsed_hours,
        business_hours
    from main.approval_requests
    where ended_at is not null
),

together as (
    select * from entered
    union all by name
    select * from left_again
    union all by name
    select * from handed
    union all by name
    select * from judged
    union all by name
    select * from returned
    union all by name
    select * from checked
    union all by name
    select * from made_good
    union all by name
    select * from promised
    union all by name
    select * from shipped
    union all by name
    select * from moved
    union all by name
    select * from changed
    union all by name
    select * from asked
    union all by name
    select * from decided
    union all by name
    select * from reversed
    union all by name
    select * from requested
    union all by name
    select * from answered
),

-- Nobody's role is none: an unknown actor, and one of many items changed in one go.
with_known_roles as (
    select * replace (
        coalesce(activity, event_type) as activity,
        coalesce(transition, 'complete') as transition,
        if(role in ('?', 'bulk'), null, role) as role
    )
    from together
)

select
    * exclude (receiver),
    list_filter(
        [
            {'object_id': item_id, 'qualifier': 'item'},
            {'object_id': about_id, 'qualifier': about},
            {'object_id': 'role:' || role, 'qualifier': role_is},
            {'object_id': 'role:' || receiver, 'qualifier': 'to'},
            {'object_id': 'team:' || team, 'qualifier': 'team'}
        ],
        lambda related : related.object_id is not null
    ) as relations
from with_known_roles
