-- What a Jira calls its statuses and versions now: renaming one changes no issue that was read before.
-- Grain: one row per source, field, value_id.
-- Reads: raw.records, staging.jira_statuses.
create view staging.jira_names as
with

versions as (
    select
        source,
        payload ->> '$.id' as value_id,
        payload ->> '$.name' as name
    from raw.records
    where
        tracker = 'jira'
        and resource = 'versions'
        and superseded_run_id is null
)

select
    source,
    'status' as field,
    status_id as value_id,
    status as name
from staging.jira_statuses
union all
select
    source,
    unnest(['fixVersions', 'versions']) as field,
    value_id,
    name
from versions
where value_id is not null and name is not null;

comment on view staging.jira_names is 'What a Jira calls its statuses and versions now. One row per source, field and value_id.';
comment on column staging.jira_names.source is 'Name of the source.';
comment on column staging.jira_names.field is 'Name of the field that holds it.';
comment on column staging.jira_names.value_id is 'Its id.';
comment on column staging.jira_names.name is 'Its name now.';
