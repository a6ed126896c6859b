-- Every Jira issue as its payload shows it now.
-- Grain: one row per item_id.
-- Reads: raw.records. A table: half a dozen others read it, and each would read every payload anew.
create table staging.jira_issues as
with

-- One reading of each payload for all of its texts: reading it once per column is eight times slower.
texts as (
    select
        source,
        key,
        fetched_at,
        missing_since,
        json_extract_string(
            payload,
            [
                '$.key', '$.self', '$.fields.summary', '$.fields.project.id', '$.fields.project.key',
                '$.fields.issuetype.name', '$.fields.issuetype.subtask', '$.fields.status.id',
                '$.fields.status.name', '$.fields.status.statusCategory.key', '$.fields.resolution.name',
                '$.fields.parent.id', '$.fields.created', '$.fields.updated', '$.fields.resolutiondate',
                '$.changelog.total'
            ]
        ) as text,
        coalesce(
            json_array_length(payload, '$.changelog.histories'),
            json_array_length(payload, '$.changelog.values'),
            if(json_type(payload, '$.changelog') = 'OBJECT', 0, null)
        ) as histories_received
    from raw.records
    where
        tracker = 'jira'
        and resource = 'issues'
        and superseded_run_id is null
),

-- A project that was renamed changes no item: what was not fetched since carries the former key.
projects as (
    select
        source,
        text[4] as project_id,
        arg_max(text[5], (fetched_at, coalesce(staging.instant(text[14]), '-infinity'), text[5])) as project_key
    from texts
    where text[5] is not null
    group by source, project_id
)

select
    ---------- ids
    'jira:' || texts.source || ':' || texts.key as item_id,
    texts.source,
    texts.key as issue_id,
    text[1] as issue_key,
    'jira:' || texts.source || ':' || text[12] as parent_id,

    ---------- facts
    text[2] as api_url,
    text[3] as title,
    text[4] as project_id,
    coalesce(projects.project_key, text[5]) as project_key,
    text[6] as item_type,
    coalesce(try_cast(text[7] as boolean), false) as is_subtask,
    text[8] as status_id,
    text[9] as status,
    text[10] as status_category,
    text[11] as resolution,

    ---------- histories
    histories_received::integer as histories_received,
    try_cast(text[16] as integer) as histories_announced,

    ---------- timestamps
    staging.instant(text[13]) as created_at,
    staging.instant(text[14]) as updated_at,
    staging.instant(text[15]) as resolved_at,
    missing_since
from texts
left join projects on texts.source = projects.source and text[4] = projects.project_id;

comment on table staging.jira_issues is 'Every Jira issue as its payload shows it now. One row per item_id.';
comment on column staging.jira_issues.item_id is 'Deterministic key of the work item.';
comment on column staging.jira_issues.source is 'Name of the source.';
comment on column staging.jira_issues.issue_id is 'Numeric id: stays when the issue moves.';
comment on column staging.jira_issues.issue_key is 'Key now: changes when the issue moves.';
comment on column staging.jira_issues.parent_id is 'item_id of the parent; null where there is none.';
comment on column staging.jira_issues.api_url is 'Address of the payload.';
comment on column staging.jira_issues.title is 'Summary.';
comment on column staging.jira_issues.project_id is 'Id of the project now.';
comment on column staging.jira_issues.project_key is 'Key of the project now: that of its issue fetched last.';
comment on column staging.jira_issues.item_type is 'Issue type now.';
comment on column staging.jira_issues.is_subtask is 'True for a part of another issue.';
comment on column staging.jira_issues.status_id is 'Id of the status now.';
comment on column staging.jira_issues.status is 'Name of the status now.';
comment on column staging.jira_issues.status_category is 'Key of its category: new, indeterminate, done or undefined.';
comment on column staging.jira_issues.resolution is 'Resolution now; null while unresolved.';
comment on column staging.jira_issues.histories_received is 'How many histories the payload holds; null where it came without any changelog.';
comment on column staging.jira_issues.histories_announced is 'How many histories the tracker says there are; null where it does not say.';
comment on column staging.jira_issues.created_at is 'Instant of creation, UTC.';
comment on column staging.jira_issues.updated_at is 'Instant of last change, UTC.';
comment on column staging.jira_issues.resolved_at is 'Instant of resolution, UTC; null while unresolved.';
comment on column staging.jira_issues.missing_since is 'Snapshot at which the tracker no longer showed it.';
