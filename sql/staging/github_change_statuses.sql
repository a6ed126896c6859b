-- Every change of status of a GitHub issue or pull request, derived from what happened to it.
-- A pull request is in draft, under review, closed or merged. Under review, a request for changes
-- blocks until it is answered (something is pushed, or its reviewer is asked again) or taken back
-- (the reviewer speaks again, or it is dismissed). Answered, it leaves the pull request waiting for
-- the next verdict: what others approved before does not make the author's own push an approval. An
-- approval stands until it is taken back. Bots, authors and mere comments have no say.
-- Grain: one row per item_id, position.
-- Reads: staging.github_arrivals, staging.github_change_events.
create view staging.github_change_statuses as
with

items as (
    select
        item_id,
        is_draft
    from staging.github_arrivals
),

judged as (
    select
        *,
        name = 'reviewed'
        and review_state in ('approved', 'changes_requested')
        and not is_bot
        and not is_author as is_verdict
    from staging.github_change_events
),

events as (
    select
        *,
        min(position) filter (where is_verdict) over (
            partition by item_id order by position
            rows between 1 following and unbounded following
        ) as next_verdict
    from judged
),

openings as (
    select
        items.item_id,
        -- The first move between draft and ready tells what came before it.
        coalesce(
            arg_min(events.name, events.position) filter (
                where events.name in ('ready_for_review', 'convert_to_draft')
            ) = 'ready_for_review',
            any_value(items.is_draft)
        ) as is_draft,
        min(events.changed_at) filter (where events.name = 'merged') as merged_at
    from items
    inner join events using (item_id)
    group by items.item_id
),

verdicts as (
    select
        verdict.item_id,
        verdict.position,
        verdict.review_state,
        min(later.position) filter (
            where
                (later.is_verdict and later.account = verdict.account)
                or (later.name = 'review_dismissed' and later.review_id = verdict.review_id)
        ) as taken_back,
        min(later.position) filter (
            where
                later.name in ('head_ref_force_pushed', 'committed')
                or (
                    later.name = 'review_requested'
                    and staging.github_account(later.details.requested_reviewer) = verdict.account
                )
        ) as answered
    from events as verdict
    left join events as later
        on verdict.item_id = later.item_id and verdict.position < later.position
    where verdict.is_verdict
    group by verdict.item_id, verdict.position, verdict.review_state
),

-- From which position to which, exclusive, a verdict has its effect; without end where it still has.
effects as (
    select
        item_id,
        position as from_position,
        taken_back as to_position,
        'approval' as effect
    from verdicts
    where review_state = 'approved'

    union all

    select
        item_id,
        position as from_position,
        least(answered, taken_back) as to_position,
        'block' as effect
    from verdicts
    where review_state = 'changes_requested'

    union all

    select
        verdicts.item_id,
        verdicts.answered as from_position,
        least(answers.next_verdict, verdicts.taken_back) as to_position,
        'wait' as effect
    from verdicts
    inner join events as answers
        on verdicts.item_id = answers.item_id and verdicts.answered = answers.position
    where
        verdicts.review_state = 'changes_requested'
        and (verdicts.taken_back is null or verdicts.answered < verdicts.taken_back)
),

ends as (
    select
        item_id,
        from_position as position,
        effect,
        1 as turn
    from effects

    union all

    select
        item_id,
        to_position as position,
        effect,
        -1 as turn
    from effects
),

-- How many effects of each sort begin and, counted against them, end at an event.
turns as (
    select
        item_id,
        position,
        sum(turn) filter (where effect = 'block') as blocks,
        sum(turn) filter (where effect = 'wait') as waits,
        sum(turn) filter (where effect = 'approval') as approvals
    from ends
    group by item_id, position
),

steps as (
    select
        events.item_id,
        events.position,
        events.kind,
        coalesce(turns.blocks, 0) as blocks,
        coalesce(turns.waits, 0) as waits,
        coalesce(turns.approvals, 0) as approvals,
        case events.name
            when 'opened' then openings.is_draft
            when 'convert_to_draft' then true
            when 'ready_for_review' then false
        end as is_draft,
        case
            when events.name = 'merged' then 'merged'
            -- A merge is the end: the closing that comes with it says nothing more.
            when events.changed_at >= openings.merged_at then null
            when events.name = 'closed' then 'closed'
            when events.name = 'reopened' then 'open'
        end as life
    from events
    inner join openings using (item_id)
    left join turns using (item_id, position)
),

standing as (
    select
        item_id,
        position,
        kind,
        sum(blocks) over so_far as blocks,
        sum(waits) over so_far as waits,
        sum(approvals) over so_far as approvals,
        coalesce(last_value(is_draft ignore nulls) over so_far, true) as is_draft,
        coalesce(last_value(life ignore nulls) over so_far, 'open') as life
    from steps
    window so_far as (partition by item_id order by position rows unbounded preceding)
),

statuses as (
    select
        item_id,
        position,
        case
            when life <> 'open' or kind = 'ticket' then life
            when is_draft then 'draft'
            when blocks > 0 then 'changes requested'
            when approvals > 0 and waits = 0 then 'approved'
            else 'review required'
        end as status,
        case when kind = 'ticket' then 'open' else 'draft' end as first_status
    from standing
),

changes as (
    select
        item_id,
        position,
        coalesce(lag(status) over (partition by item_id order by position), first_status) as from_status,
        status as to_status
    from statuses
)

select
    item_id,
    position,
    from_status,
    to_status
from changes
where from_status <> to_status;

comment on view staging.github_change_statuses is 'Every change of status of a GitHub issue or pull request, derived from what happened to it. One row per item_id and position.';
comment on column staging.github_change_statuses.item_id is 'The work item.';
comment on column staging.github_change_statuses.position is 'Position of the event that changed it, as in staging.github_change_events.';
comment on column staging.github_change_statuses.from_status is 'Status before; a pull request begins as draft, an issue as open.';
comment on column staging.github_change_statuses.to_status is 'Status after: draft, review required, changes requested, approved, closed or merged; for an issue open or closed.';
