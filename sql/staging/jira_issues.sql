-- Every Jira issue as its payload shows it now.
-- Grain: one row per item_id.
-- Reads: raw.records.
create view staging.jira_issues as
select
    ---------- ids
    'jira:' || source || ':' || key as item_id,
    source,
    key as issue_id,
    payload ->> '$.key' as issue_key,
    'jira:' || source || ':' || (payload ->> '$.fields.parent.id') as parent_id,

    ---------- facts
    payload ->> '$.self' as api_url,
    payload ->> '$.fields.summary' as title,
    payload ->> '$.fields.project.id' as project_id,
    payload ->> '$.fields.project.key' as project_key,
    payload ->> '$.fields.issuetype.name' as item_type,
    coalesce(try_cast(payload ->> '$.fields.issuetype.subtask' as boolean), false) as is_subtask,
    payload ->> '$.fields.status.id' as status_id,
    payload ->> '$.fields.status.name' as status,
    payload ->> '$.fields.status.statusCategory.key' as status_category,
    payload ->> '$.fields.resolution.name' as resolution,
    payload -> '$.fields' as fields,

    ---------- histories
    coalesce(payload -> '$.changelog.histories', payload -> '$.changelog.values', '[]'::json) as histories,
    try_cast(payload ->> '$.changelog.total' as integer) as histories_announced,

    ---------- timestamps
    staging.instant(payload ->> '$.fields.created') as created_at,
    staging.instant(payload ->> '$.fields.updated') as updated_at,
    staging.instant(payload ->> '$.fields.resolutiondate') as resolved_at,
    missing_since
from raw.records
where
    tracker = 'jira'
    and resource = 'issues'
    and superseded_run_id is null;

comment on view staging.jira_issues is 'Every Jira issue as its payload shows it now. One row per item_id.';
comment on column staging.jira_issues.item_id is 'Deterministic key of the work item.';
comment on column staging.jira_issues.source is 'Name of the source.';
comment on column staging.jira_issues.issue_id is 'Numeric id: stays when the issue moves.';
comment on column staging.jira_issues.issue_key is 'Key now: changes when the issue moves.';
comment on column staging.jira_issues.parent_id is 'item_id of the parent; null where there is none.';
comment on column staging.jira_issues.api_url is 'Address of the payload.';
comment on column staging.jira_issues.title is 'Summary.';
comment on column staging.jira_issues.project_id is 'Id of the project now.';
comment on column staging.jira_issues.project_key is 'Key of the project now.';
comment on column staging.jira_issues.item_type is 'Issue type now.';
comment on column staging.jira_issues.is_subtask is 'True for a part of another issue.';
comment on column staging.jira_issues.status_id is 'Id of the status now.';
comment on column staging.jira_issues.status is 'Name of the status now.';
comment on column staging.jira_issues.status_category is 'Key of its category: new, indeterminate, done or undefined.';
comment on column staging.jira_issues.resolution is 'Resolution now; null while unresolved.';
comment on column staging.jira_issues.fields is 'The fields of the payload.';
comment on column staging.jira_issues.histories is 'The histories of the payload, in whatever order they came.';
comment on column staging.jira_issues.histories_announced is 'How many histories the tracker says there are; null where it does not say.';
comment on column staging.jira_issues.created_at is 'Instant of creation, UTC.';
comment on column staging.jira_issues.updated_at is 'Instant of last change, UTC.';
comment on column staging.jira_issues.resolved_at is 'Instant of resolution, UTC; null while unresolved.';
comment on column staging.jira_issues.missing_since is 'Snapshot at which the tracker no longer showed it.';
