-- Every status a Jira is known to have, with its category.
-- Grain: one row per source, status_id.
-- Reads: raw.records, staging.jira_issues.
create view staging.jira_statuses as
with

listed as (
    select
        source,
        payload ->> '$.id' as status_id,
        payload ->> '$.name' as status,
        payload ->> '$.statusCategory.key' as category,
        null::timestamptz as updated_at,
        1 as precedence
    from raw.records
    where
        tracker = 'jira'
        and resource = 'statuses'
        and superseded_run_id is null
),

-- An issue carries its own status and category, known even where no list of statuses came. They are as old as
-- the issue: a status that is renamed changes none.
carried as (
    select
        source,
        status_id,
        status,
        status_category as category,
        max(updated_at) as updated_at,
        2 as precedence
    from staging.jira_issues
    group by source, status_id, status, status_category
)

select
    source,
    status_id,
    first(status order by precedence, updated_at desc nulls last, status)
        filter (where status is not null) as status,
    first(category order by precedence, updated_at desc nulls last, category)
        filter (where category is not null) as category
from (select * from listed union all select * from carried) as seen
where status_id is not null
group by source, status_id;

comment on view staging.jira_statuses is 'Every status a Jira is known to have, with its category. One row per source and status_id.';
comment on column staging.jira_statuses.source is 'Name of the source.';
comment on column staging.jira_statuses.status_id is 'Id of the status.';
comment on column staging.jira_statuses.status is 'Name of the status now.';
comment on column staging.jira_statuses.category is 'Key of its category, never its name, which is translated: new, indeterminate, done, undefined.';
