-- What people did on every GitHub issue and pull request besides changing its fields.
-- Grain: one row per item_id, activity_id.
-- Reads: staging.github_arrivals, staging.github_change_events.
create view staging.github_activities as
with

items as (
    select * from staging.github_arrivals
),

-- Commits and reviews, each once, pending reviews and what came with a forced push left out.
events as (
    select
        item_id,
        change_group,
        name,
        account,
        review_id,
        review_state,
        changed_at
    from staging.github_change_events
    where name in ('committed', 'reviewed')
),

arrived as (
    select
        item_id,
        source,
        unnest(from_json(timeline, '["JSON"]')) as event,
        generate_subscripts(from_json(timeline, '["JSON"]'), 1) as sequence
    from items
),

listed as (
    select
        item_id,
        unnest(from_json(reviews, '["JSON"]')) as review
    from items
),

-- GitHub takes no comment without a text; whether the text itself came does not matter.
commented as (
    select
        item_id,
        'comment:' || coalesce(event ->> '$.id', 'event:' || sequence) as activity_id,
        from_json(
            event,
            '{
                "created_at": "VARCHAR",
                "user": {"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"},
                "actor": {"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"}
            }'
        ) as comment,
        sequence
    from arrived
    where event ->> '$.event' = 'commented'
),

lines as (
    select
        item_id,
        sequence,
        unnest(from_json(
            event -> '$.comments',
            '[{
                "id": "VARCHAR", "created_at": "VARCHAR", "pull_request_review_id": "VARCHAR",
                "user": {"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"}
            }]'
        )) as line,
        generate_subscripts(from_json(event -> '$.comments', '["JSON"]'), 1) as place
    from arrived
    where event ->> '$.event' = 'line-commented'
),

comments as (
    select
        item_id,
        activity_id,
        coalesce(staging.github_account(comment.user), staging.github_account(comment.actor)) as account,
        staging.instant(comment.created_at) as acted_at,
        sequence
    from commented

    union all

    select
        item_id,
        'line_comment:' || coalesce(line.id, sequence || ':' || place) as activity_id,
        staging.github_account(line.user) as account,
        staging.instant(line.created_at) as acted_at,
        sequence
    from lines
),

bodies as (
    select
        item_id,
        event ->> '$.id' as review_id,
        json_type(event, '$.body') as body_type,
        event ->> '$.body' as body
    from arrived
    where event ->> '$.event' = 'reviewed'

    union all

    select
        item_id,
        review ->> '$.id' as review_id,
        json_type(review, '$.body') as body_type,
        review ->> '$.body' as body
    from listed

    union all

    select
        item_id,
        line.pull_request_review_id as review_id,
        'VARCHAR' as body_type,
        'a line comment' as body
    from lines
),

-- A body that is null is an empty one; a body that did not come says nothing.
texts as (
    select
        item_id,
        review_id,
        bool_or(coalesce(trim(body), '') <> '') as has_text
    from bodies
    where body_type is not null
    group by item_id, review_id
),

acted as (
    select
        item_id,
        change_group as activity_id,
        'commit' as kind,
        null::varchar as account,
        null::boolean as has_text,
        changed_at as acted_at,
        0 as sequence
    from events
    where name = 'committed'

    union all

    select
        events.item_id,
        events.change_group as activity_id,
        'review' as kind,
        events.account,
        -- A review that neither approves nor asks for changes is nothing but its text.
        events.review_state = 'commented' or texts.has_text as has_text,
        events.changed_at as acted_at,
        0 as sequence
    from events
    left join texts using (item_id, review_id)
    where events.name = 'reviewed'

    union all

    select
        item_id,
        activity_id,
        'comment' as kind,
        account,
        true as has_text,
        acted_at,
        sequence
    from comments
),

-- Pages that overlap repeat an event.
single as (
    select * from acted
    where acted_at is not null
    qualify row_number() over (partition by item_id, activity_id order by sequence) = 1
)

select
    ---------- ids
    single.item_id,
    single.activity_id,
    items.source,
    single.account,

    ---------- facts
    single.kind,
    single.has_text,

    ---------- timestamps
    single.acted_at
from single
inner join items using (item_id);

comment on view staging.github_activities is 'What people did on every GitHub issue and pull request besides changing its fields. One row per item_id and activity_id.';
comment on column staging.github_activities.item_id is 'The work item.';
comment on column staging.github_activities.activity_id is 'comment:<id>, line_comment:<id>, review:<id> or commit:<sha>; for the last two the change_group of the event.';
comment on column staging.github_activities.source is 'Name of the source.';
comment on column staging.github_activities.account is 'Account of whoever did it; null for a commit and for somebody who deleted the account.';
comment on column staging.github_activities.kind is 'comment, commit or review.';
comment on column staging.github_activities.has_text is 'True where it says something: a comment always, a review with a body or comments on lines; null for a commit, and where the payload does not tell.';
comment on column staging.github_activities.acted_at is 'Instant of the activity, UTC; for a commit the one its maker wrote into it.';
