-- Every sprint of every board, each time its payload differed.
-- Grain: one row per source, version_id, run_id.
-- Reads: raw.records, staging.organisation.
create view staging.jira_sprints as
select
    records.source,
    records.payload ->> '$.id' as version_id,
    records.first_run_id as run_id,
    records.superseded_run_id,
    records.missing_since,
    records.payload ->> '$.name' as version_name,
    -- Instants, which a Cloud writes in UTC: a Monday in Sydney begins on its Sunday.
    staging.local_day(records.payload ->> '$.startDate', organisation.timezone) as starts_on,
    staging.local_day(records.payload ->> '$.endDate', organisation.timezone) as release_on,
    coalesce(lower(records.payload ->> '$.state') = 'closed', false) as is_released
from raw.records as records
cross join staging.organisation as organisation
where
    records.tracker = 'jira'
    and records.resource = 'sprints';

comment on view staging.jira_sprints is 'Every sprint of every board, each time its payload differed. One row per source, version_id and run_id.';
comment on column staging.jira_sprints.source is 'Name of the source.';
comment on column staging.jira_sprints.version_id is 'Id of the sprint.';
comment on column staging.jira_sprints.run_id is 'Run that saw it first so.';
comment on column staging.jira_sprints.superseded_run_id is 'Run that saw it changed; null for how it is now.';
comment on column staging.jira_sprints.missing_since is 'Snapshot at which Jira no longer showed it; null while it does.';
comment on column staging.jira_sprints.version_name is 'Name of the sprint.';
comment on column staging.jira_sprints.starts_on is 'Day of its planned start, in the zone of the organisation; null where it has none yet.';
comment on column staging.jira_sprints.release_on is 'Day of its planned end, in the zone of the organisation; null where it has none yet.';
comment on column staging.jira_sprints.is_released is 'True once it was closed.';
