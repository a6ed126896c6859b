-- What the events of sql/exports/events.sql are about: work items, releases, handoffs, decisions, approvals, teams, roles.
-- Grain: one row per object_id.
-- Reads: main.work_items, main.visits, main.item_links, main.commitments, main.date_moves,
--     main.handoffs, main.decisions, main.decision_changes, main.approval_requests, core.release_dates.
-- No person is an object. stages are the values of the attribute stage, each from its instant on.
with

-- An attribute has one value at an instant: of several stages entered in it, that of the last.
stages_entered as (
    select
        item_id,
        entered_at,
        max_by(stage, visit_number) as stage
    from main.visits
    group by item_id, entered_at
),

stages as (
    select
        item_id,
        list({'value': stage, 'since': entered_at} order by entered_at) as stages
    from stages_entered
    group by item_id
),

-- A release without a date is nobody's promise; it stays a word among the attributes of its items.
releases as (
    select
        subject_id,
        subject,
        team,
        original_on,
        current_on
    from main.commitments
    where subject_kind = 'release'
    union all by name
    select distinct subject_id, team
    from main.date_moves
    where
        subject_kind = 'release'
        and subject_id not in (select subject_id from main.commitments where subject_kind = 'release')
),

homes as (
    select distinct
        release_id,
        project
    from core.release_dates
),

of_items as (
    select item_id, 'team:' || team as object_id, 'team' as qualifier from main.work_items
    union all by name
    select distinct
        work_items.item_id,
        'release:' || releases.subject_id as object_id,
        'release' as qualifier
    from main.work_items as work_items
    inner join releases
        on
            work_items.release = releases.subject
            -- A key begins with the tracker and the source.
            and starts_with(
                releases.subject_id, split_part(work_items.item_id, ':', 1) || ':' || work_items.source || ':'
            )
    -- Two projects of one tracker, and of one team, may have a release of one name.
    inner join homes on releases.subject_id = homes.release_id and work_items.project = homes.project
    union all by name
    select distinct
        item_id,
        linked_item_id as object_id,
        case link when 'pull_request' then 'served by' when 'parent' then 'part of' else 'mentions' end as qualifier
    from main.item_links
),

relations_of_items as (
    select
        item_id,
        list({'object_id': object_id, 'qualifier': qualifier} order by qualifier, object_id) as relations
    from of_items
    group by item_id
),

items as (
    select
        work_items.item_id as object_id,
        work_items.kind as object_type,
        work_items.source,
        work_items.key,
        work_items.url,
        work_items.title,
        work_items.project,
        work_items.team,
        work_items.item_type,
        work_items.is_subtask,
        work_items.release,
        work_items.created_at,
        stages.stages,
        relations_of_items.relations
    from main.work_items as work_items
    left join stages on work_items.item_id = stages.item_id
    left join relations_of_items on work_items.item_id = relations_of_items.item_id
),

released as (
    select
        'release:' || subject_id as object_id,
        'release' as object_type,
        subject as name,
        team,
        original_on,
        current_on,
        [{'object_id': 'team:' || team, 'qualifier': 'team'}] as relations
    from releases
),

teams as (
    select
        'team:' || team as object_id,
        'team' as object_type,
        team as name
    from (select team from main.work_items union select team from releases) as named
),

roles as (
    select
        'role:' || role as object_id,
        'role' as object_type,
        role as name
    from (
        select owner_role as role from main.visits
        union
        select unnest([from_role, to_role, verdict_role]) as role from main.handoffs
        union
        select actor_role as role from main.date_moves
        union
        select unnest([asked_role, decided_by_role]) as role from main.decisions
        union
        select actor_role as role from main.decision_changes
    ) as named
    -- Nobody's role is none: an unknown actor, and one of many items changed in one go.
    where role not in ('?', 'bulk')
),

handoffs as (
    select
        handoff_id as object_id,
        'handoff' as object_type,
        from_stage,
        to_stage,
        attempt,
        [{'object_id': item_id, 'qualifier': 'item'}] as relations
    from main.handoffs
),

decisions as (
    select
        decision_id as object_id,
        'decision' as object_type,
        decision_right,
        channel,
        [{'object_id': item_id, 'qualifier': 'item'}] as relations
    from main.decisions
),

approvals as (
    select
        item_id || '/approval_request/' || request_number as object_id,
        'approval' as object_type,
        channel,
        step,
        [{'object_id': item_id, 'qualifier': 'item'}] as relations
    from main.approval_requests
)

select * from items
union all by name
select * from released
union all by name
select * from teams
union all by name
select * from roles
union all by name
select * from handoffs
union all by name
select * from decisions
union all by name
select * from approvals
