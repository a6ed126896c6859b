-- Every work item of every tracker, with its present attributes.
-- Grain: one row per item_id.
-- Reads: staging.items, core.field_values, raw.syncs.
create table core.items as
with

snapshots as (
    from raw.syncs
    where finished_at is not null
    qualify row_number() over (partition by source order by started_at desc, run_id desc) = 1
),

lists as (
    select
        item_id,
        list(value_text order by position) filter (where field = 'components') as components,
        list(value_text order by position) filter (where field = 'labels') as labels
    from core.field_values
    where field in ('components', 'labels') and value_text is not null
    group by item_id
),

named as (
    select
        item_id,
        regexp_extract(item_id, '^(.*):', 1) as prefix,
        field,
        value_text
    from core.field_values
    where field in ('key', 'Epic Link') and value_text is not null
),

-- Where a tracker keeps the epic of an item in a field of its own, that is its parent.
epics as (
    select
        items.item_id,
        min(parents.item_id) as parent_id
    from named as items
    inner join named as parents
        on
            items.prefix = parents.prefix
            and items.value_text = parents.value_text
    where items.field = 'Epic Link' and parents.field = 'key'
    group by items.item_id
)

select
    items.item_id,
    items.source,
    items.tracker,
    items.kind,
    items.key,
    case when regexp_matches(items.url, '^https?://') then items.url end as url,
    core.masked_text(items.title) as title,
    items.project,
    items.project_id,
    items.item_type,
    items.is_subtask,
    coalesce(items.parent_id, epics.parent_id) as parent_id,
    items.status_id,
    items.status,
    items.resolution,
    coalesce(lists.components, []::varchar[]) as components,
    coalesce(lists.labels, []::varchar[]) as labels,
    aliases.actor_id as author_id,
    items.histories_announced,
    items.histories_received,
    items.created_at,
    items.updated_at,
    items.resolved_at,
    coalesce(items.missing_since, snapshots.snapshot_at) as observed_until,
    items.missing_since
from staging.items as items
inner join snapshots using (source)
left join lists using (item_id)
left join epics using (item_id)
left join aliases on items.source = aliases.source and items.author = aliases.alias
where items.created_at is not null
order by items.item_id;

comment on table core.items is 'Every work item of every tracker, with its present attributes. One row per item_id.';
comment on column core.items.item_id is 'Deterministic key: jira:<source>:<issue id>, or github:<source>:<repository>#<number>.';
comment on column core.items.source is 'Name of the source.';
comment on column core.items.tracker is 'Name of the tracker: jira or github.';
comment on column core.items.kind is 'ticket or pull_request.';
comment on column core.items.key is 'What people call it now.';
comment on column core.items.url is 'Address for a browser.';
comment on column core.items.title is 'Summary now.';
comment on column core.items.project is 'Name of the project now: a Jira project key, or owner/repository.';
comment on column core.items.project_id is 'Id of the project now, or owner/repository.';
comment on column core.items.item_type is 'Issue type now, or pull request.';
comment on column core.items.is_subtask is 'True for a part of another item.';
comment on column core.items.parent_id is 'item_id of the parent; null where there is none.';
comment on column core.items.status_id is 'Id of the status now; null where the tracker has none.';
comment on column core.items.status is 'Status now, in the words of the tracker.';
comment on column core.items.resolution is 'Resolution now.';
comment on column core.items.components is 'Components now.';
comment on column core.items.labels is 'Labels now.';
comment on column core.items.author_id is 'Pseudonym of the author of a pull request: whose move back is a recall.';
comment on column core.items.histories_announced is 'Histories the tracker says there are; null where it does not say.';
comment on column core.items.histories_received is 'Histories that arrived; null where the tracker keeps none, or does not say how many there are.';
comment on column core.items.created_at is 'Instant of creation, UTC.';
comment on column core.items.updated_at is 'Instant of last change, UTC.';
comment on column core.items.resolved_at is 'Instant of resolution, merge or closing as the tracker states it, UTC.';
comment on column core.items.observed_until is 'Instant up to which the item is known: the snapshot of its source, or the first one that no longer showed it.';
comment on column core.items.missing_since is 'Snapshot at which the tracker no longer showed it; null while it does.';
