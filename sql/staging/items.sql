-- Every work item of every tracker as it is now: what core makes items of.
-- Grain: one row per item_id.
-- Reads: staging.jira_issues, staging.github_items, staging.names.
create view staging.items as
with

of_jira as (
    select
        item_id,
        source,
        'jira' as tracker,
        'ticket' as kind,
        issue_key as key,
        -- The address people use; the payload has only that of its own interface.
        regexp_replace(api_url, '/rest/.*$', '') || '/browse/' || issue_key as url,
        title,
        project_key as project,
        project_id,
        item_type,
        is_subtask,
        parent_id,
        status_id,
        status,
        resolution,
        histories_received,
        histories_announced,
        created_at,
        updated_at,
        resolved_at,
        missing_since
    from staging.jira_issues
),

of_github as (
    select
        item_id,
        source,
        'github' as tracker,
        kind,
        key,
        url,
        title,
        repository as project,
        repository as project_id,
        item_type,
        'github:' || source || ':' || parent_key as parent_id,
        status_id,
        status,
        resolution,
        author,
        histories_received,
        histories_announced,
        created_at,
        updated_at,
        resolved_at,
        missing_since
    from staging.github_items
),

items as (
    select * from of_jira
    union all by name
    select * from of_github
)

select
    ---------- ids
    items.item_id,
    items.source,
    items.tracker,
    items.kind,
    items.key,
    items.url,
    items.project_id,
    items.parent_id,
    items.author,

    ---------- facts
    items.title,
    items.project,
    items.item_type,
    coalesce(items.is_subtask, false) as is_subtask,
    items.status_id,
    -- An item that was read before a renaming still shows the former name.
    coalesce(names.name, items.status) as status,
    items.resolution,

    ---------- histories
    items.histories_received,
    -- Where the tracker does not say how many there are, what came is all that is known.
    greatest(items.histories_announced, items.histories_received) as histories_announced,

    ---------- timestamps
    items.created_at,
    items.updated_at,
    items.resolved_at,
    items.missing_since
from items
left join staging.names as names
    on
        items.source = names.source
        and names.field = 'status'
        and items.status_id = names.value_id;

comment on view staging.items is 'Every work item of every tracker as it is now. One row per item_id.';
comment on column staging.items.item_id is 'Deterministic key: <tracker>:<source>:<id>, of an id that never changes.';
comment on column staging.items.source is 'Name of the source.';
comment on column staging.items.tracker is 'Name of the tracker, as its connector tells it.';
comment on column staging.items.kind is 'ticket or pull_request.';
comment on column staging.items.key is 'What people call it now.';
comment on column staging.items.url is 'Address for a browser.';
comment on column staging.items.project_id is 'Id of the project now.';
comment on column staging.items.parent_id is 'item_id of the parent; null where there is none.';
comment on column staging.items.author is 'Account that opened it, where a move back by it is a recall: of a pull request. Else null.';
comment on column staging.items.title is 'Title now.';
comment on column staging.items.project is 'Name of the project now, which is its team where none is declared.';
comment on column staging.items.item_type is 'Type now.';
comment on column staging.items.is_subtask is 'True for a part of another item; a tracker that knows none need not say.';
comment on column staging.items.status_id is 'Id of the status now; null where statuses have none.';
comment on column staging.items.status is 'Status now, in the words of the tracker.';
comment on column staging.items.resolution is 'Resolution now; null while unresolved.';
comment on column staging.items.histories_received is 'Histories that arrived; null where the tracker keeps none, or does not say how many there are.';
comment on column staging.items.histories_announced is 'Histories the tracker says there are, else those that arrived; null where neither is known.';
comment on column staging.items.created_at is 'Instant of creation, UTC.';
comment on column staging.items.updated_at is 'Instant of last change, UTC.';
comment on column staging.items.resolved_at is 'Instant of resolution, merge or closing as the tracker states it, UTC; null while open.';
comment on column staging.items.missing_since is 'Snapshot at which the tracker no longer showed it; null while it does.';
