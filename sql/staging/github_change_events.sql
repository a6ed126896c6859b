-- Every event of a GitHub issue or pull request that can change a field, in the order of the story.
-- Grain: one row per item_id, change_group.
-- Reads: staging.github_arrivals, staging.declared_bots.
create view staging.github_change_events as
with

items as (
    select * from staging.github_arrivals
),

-- Only the members read below; what else an event says stays in its payload.
told as (
    select
        item_id,
        from_json(
            timeline,
            '[{
                "event": "VARCHAR", "id": "VARCHAR", "sha": "VARCHAR",
                "created_at": "VARCHAR", "submitted_at": "VARCHAR", "committer": {"date": "VARCHAR"},
                "state": "VARCHAR", "state_reason": "VARCHAR",
                "actor": {"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"},
                "user": {"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"},
                "assignee": {"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"},
                "requested_reviewer": {"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"},
                "requested_team": {"slug": "VARCHAR"},
                "dismissed_review": {"review_id": "VARCHAR", "state": "VARCHAR"},
                "label": {"name": "VARCHAR"},
                "milestone": {"title": "VARCHAR"},
                "rename": {"from": "VARCHAR", "to": "VARCHAR"},
                "issue_type": {"id": "VARCHAR", "name": "VARCHAR"},
                "prev_issue_type": {"id": "VARCHAR", "name": "VARCHAR"},
                "base_from": "VARCHAR", "base_to": "VARCHAR",
                "previous_status": "VARCHAR", "new_status": "VARCHAR", "project": {"id": "VARCHAR"},
                "parent": {"number": "INTEGER", "repository": {"full_name": "VARCHAR"}},
                "from_repository": {"full_name": "VARCHAR"}
            }]'
        ) as events,
        from_json(
            reviews,
            '[{
                "id": "VARCHAR", "state": "VARCHAR", "submitted_at": "VARCHAR",
                "user": {"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"}
            }]'
        ) as reviews
    from items
),

arrived as (
    select
        item_id,
        unnest(events) as event,
        generate_subscripts(events, 1) as sequence
    from told
),

listed as (
    select
        item_id,
        unnest(reviews) as review,
        generate_subscripts(reviews, 1) as sequence
    from told
),

-- A pull request has no event for being opened; its record tells it.
opened as (
    select
        item_id,
        'opened' as name,
        'opened' as change_group,
        creator as actor,
        created_at as changed_at,
        0 as sequence
    from items
    where kind = 'pull_request'
),

clicked as (
    select
        item_id,
        event.event as name,
        coalesce(event.id, 'event:' || sequence) as change_group,
        event.actor,
        staging.instant(event.created_at) as changed_at,
        sequence,
        event.dismissed_review.review_id as review_id,
        lower(event.dismissed_review.state) as review_state,
        event as details
    from arrived
    where event.event in (
        'labeled', 'unlabeled', 'milestoned', 'demilestoned', 'renamed', 'assigned', 'unassigned',
        'issue_type_added', 'issue_type_changed', 'issue_type_removed',
        'convert_to_draft', 'ready_for_review', 'review_requested', 'review_request_removed',
        'review_dismissed', 'head_ref_force_pushed', 'closed', 'merged', 'reopened',
        'added_to_merge_queue', 'removed_from_merge_queue', 'auto_merge_enabled', 'auto_merge_disabled',
        'base_ref_changed', 'project_v2_item_status_changed', 'parent_issue_added', 'parent_issue_removed',
        'transferred'
    )
),

forced as (
    select item_id, max(staging.instant(event.created_at)) as last_forced_at
    from arrived
    where event.event = 'head_ref_force_pushed'
    group by item_id
),

-- The names in a commit are its maker's own choice and no account, and so is its date. What is older
-- than a forced push came with that push, and nobody could see it before.
committed as (
    select
        arrived.item_id,
        'committed' as name,
        'commit:' || coalesce(arrived.event.sha, arrived.sequence::varchar) as change_group,
        staging.instant(arrived.event.committer.date) as changed_at,
        arrived.sequence
    from arrived
    left join forced using (item_id)
    where
        arrived.event.event = 'committed'
        and coalesce(staging.instant(arrived.event.committer.date) > forced.last_forced_at, true)
),

-- Reviews come as events, or in a list of their own, or both ways.
submitted as (
    select
        item_id,
        event.id as review_id,
        event.user as actor,
        event.state,
        event.submitted_at,
        sequence
    from arrived
    where event.event = 'reviewed'

    union all

    select
        item_id,
        review.id as review_id,
        review.user as actor,
        review.state,
        review.submitted_at,
        -- After every event of the same instant: the tracker gives these no place among them.
        1000000000 + sequence as sequence
    from listed
),

reviews as (
    select
        item_id,
        review_id,
        arg_min(actor, sequence) as actor,
        arg_min(staging.instant(submitted_at), sequence) as changed_at,
        min(sequence) as sequence,
        arg_min(lower(state), sequence) filter (where lower(state) <> 'dismissed') as state
    from submitted
    where submitted_at is not null and lower(state) <> 'pending'
    group by item_id, review_id
),

-- A dismissed review is shown as dismissed; what it said stands only in the event of its dismissal.
dismissals as (
    select
        item_id,
        review_id,
        min(nullif(review_state, 'dismissed')) as state
    from clicked
    where name = 'review_dismissed'
    group by item_id, review_id
),

reviewed as (
    select
        reviews.item_id,
        'reviewed' as name,
        'review:' || reviews.review_id as change_group,
        reviews.actor,
        reviews.changed_at,
        reviews.sequence,
        reviews.review_id,
        coalesce(reviews.state, dismissals.state, 'dismissed') as review_state
    from reviews
    left join dismissals using (item_id, review_id)
),

-- An end that no event tells: an archive may have come without its events, or without the one of the merge.
settled as (
    select
        items.item_id,
        items.status as name,
        'settled' as change_group,
        from_json(
            case items.status
                when 'merged' then items.payload -> '$.merged_by'
                else items.payload -> '$.closed_by'
            end,
            '{"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"}'
        ) as actor,
        coalesce(
            staging.instant(items.payload ->> '$.merged_at'),
            staging.instant(items.payload ->> '$.pull_request.merged_at'),
            staging.instant(items.payload ->> '$.closed_at')
        ) as changed_at,
        2000000000 as sequence
    from items
    where
        items.status in ('merged', 'closed')
        and not exists (
            from arrived
            where
                arrived.item_id = items.item_id
                and (arrived.event.event = 'merged' or (arrived.event.event = 'closed' and items.status = 'closed'))
        )
),

events as (
    select * from opened
    union all by name
    select * from settled
    union all by name
    select * from clicked
    union all by name
    select * from committed
    union all by name
    select * from reviewed
),

-- Pages that overlap repeat an event.
single as (
    select * from events
    where changed_at is not null
    qualify row_number() over (partition by item_id, change_group order by sequence) = 1
)

select
    ---------- ids
    single.item_id,
    single.change_group,
    row_number() over (
        partition by single.item_id order by single.changed_at, single.sequence
    ) as position,
    items.source,
    items.kind,

    ---------- who
    staging.github_account(single.actor) as account,
    coalesce(single.actor.type = 'Bot' or ends_with(single.actor.login, '[bot]'), false)
    or declared_bots.account is not null as is_bot,
    coalesce(
        staging.github_account(single.actor) = staging.github_account(items.creator), false
    ) as is_author,

    ---------- facts
    single.name,
    single.review_id,
    single.review_state,
    single.details,

    ---------- timestamps
    single.changed_at
from single
inner join items using (item_id)
left join staging.declared_bots as declared_bots
    on
        items.source = declared_bots.source
        and staging.github_account(single.actor) = declared_bots.account;

comment on view staging.github_change_events is 'Every event of a GitHub issue or pull request that can change a field, in the order of the story. One row per item_id and change_group.';
comment on column staging.github_change_events.item_id is 'The work item.';
comment on column staging.github_change_events.change_group is 'Id of the event; opened, review:<id> and commit:<sha> for what GitHub numbers elsewhere or not at all.';
comment on column staging.github_change_events.position is 'Position in the life of the item, from 1: by instant, then as the tracker tells it.';
comment on column staging.github_change_events.source is 'Name of the source.';
comment on column staging.github_change_events.kind is 'pull_request or ticket.';
comment on column staging.github_change_events.account is 'Account of the actor; null for a commit and for somebody who deleted the account.';
comment on column staging.github_change_events.is_bot is 'True where an application acted, or whoever [roles] declares to be a bot.';
comment on column staging.github_change_events.is_author is 'True where the one who opened the item acted.';
comment on column staging.github_change_events.name is 'Kind of event, in the words of the tracker; opened for the opening of a pull request.';
comment on column staging.github_change_events.review_id is 'Id of the review submitted or dismissed.';
comment on column staging.github_change_events.review_state is 'What the review said when it was submitted: approved, changes_requested, commented; dismissed where nothing tells any more.';
comment on column staging.github_change_events.details is 'The members of the event that are read; null for openings, commits and reviews.';
comment on column staging.github_change_events.changed_at is 'Instant of the event, UTC; for a commit the one its maker wrote into it.';
