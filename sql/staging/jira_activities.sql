-- Every comment and every entry of work that the payload of a Jira issue carries.
-- Grain: one row per item_id, activity_id.
-- Reads: raw.records.
create view staging.jira_activities as
with

issues as (
    select
        source,
        'jira:' || source || ':' || key as item_id,
        payload -> '$.fields.comment.comments' as comments,
        payload -> '$.fields.worklog.worklogs' as worklogs
    from raw.records
    where
        tracker = 'jira'
        and resource = 'issues'
        and superseded_run_id is null
),

carried as (
    select
        source,
        item_id,
        'comment' as kind,
        unnest(from_json(comments, '["JSON"]')) as entry,
        generate_subscripts(from_json(comments, '["JSON"]'), 1) as position
    from issues

    union all

    select
        source,
        item_id,
        'worklog' as kind,
        unnest(from_json(worklogs, '["JSON"]')) as entry,
        generate_subscripts(from_json(worklogs, '["JSON"]'), 1) as position
    from issues
),

told as (
    select
        *,
        coalesce(entry ->> '$.id', 'entry:' || position) as id,
        case kind when 'comment' then entry -> '$.body' else entry -> '$.comment' end as body
    from carried
)

select
    ---------- ids
    item_id,
    kind || ':' || id as activity_id,
    source,
    coalesce(
        entry ->> '$.author.accountId', entry ->> '$.author.key', entry ->> '$.author.name'
    ) as account,

    ---------- facts
    kind,
    -- A text in one interface, a document of blocks in the other.
    case json_type(body)
        when 'VARCHAR' then trim(body ->> '$') <> ''
        when 'OBJECT' then coalesce(json_array_length(body, '$.content'), 0) > 0
        when 'NULL' then false
    end as has_text,

    ---------- timestamps
    staging.instant(entry ->> '$.created') as acted_at
from told
where staging.instant(entry ->> '$.created') is not null
-- Pages that overlap repeat an entry.
qualify row_number() over (partition by item_id, kind, id order by position) = 1;

comment on view staging.jira_activities is 'Every comment and every entry of work that the payload of a Jira issue carries. One row per item_id and activity_id.';
comment on column staging.jira_activities.item_id is 'The work item.';
comment on column staging.jira_activities.activity_id is 'comment:<id> or worklog:<id>.';
comment on column staging.jira_activities.source is 'Name of the source.';
comment on column staging.jira_activities.account is 'Account of the author; null where the tracker names none.';
comment on column staging.jira_activities.kind is 'comment or worklog.';
comment on column staging.jira_activities.has_text is 'True where its text is not empty; null where no text came.';
comment on column staging.jira_activities.acted_at is 'Instant at which it was written, UTC.';
