-- Every sprint of every board, each time its payload differed.
-- Grain: one row per source, version_id, run_id.
-- Reads: raw.records.
create view staging.jira_sprints as
select
    source,
    payload ->> '$.id' as version_id,
    first_run_id as run_id,
    superseded_run_id,
    missing_since,
    payload ->> '$.name' as version_name,
    staging.calendar_day(payload ->> '$.startDate') as starts_on,
    staging.calendar_day(payload ->> '$.endDate') as release_on,
    coalesce(lower(payload ->> '$.state') = 'closed', false) as is_released
from raw.records
where
    tracker = 'jira'
    and resource = 'sprints';

comment on view staging.jira_sprints is 'Every sprint of every board, each time its payload differed. One row per source, version_id and run_id.';
comment on column staging.jira_sprints.source is 'Name of the source.';
comment on column staging.jira_sprints.version_id is 'Id of the sprint.';
comment on column staging.jira_sprints.run_id is 'Run that saw it first so.';
comment on column staging.jira_sprints.superseded_run_id is 'Run that saw it changed; null for how it is now.';
comment on column staging.jira_sprints.missing_since is 'Snapshot at which Jira no longer showed it; null while it does.';
comment on column staging.jira_sprints.version_name is 'Name of the sprint.';
comment on column staging.jira_sprints.starts_on is 'Planned start as written; null where it has none yet.';
comment on column staging.jira_sprints.release_on is 'Planned end as written; null where it has none yet.';
comment on column staging.jira_sprints.is_released is 'True once it was closed.';
