-- Every sprint of every board, each time its payload differed, and those that only issues show.
-- Grain: one row per source, version_id, run_id.
-- Reads: raw.records, staging.jira_fields, staging.organisation.
create view staging.jira_sprints as
with

listed as (
    select
        source,
        first_run_id as run_id,
        superseded_run_id,
        missing_since,
        payload ->> '$.id' as version_id,
        payload ->> '$.name' as version_name,
        payload ->> '$.state' as state,
        payload ->> '$.startDate' as starts,
        payload ->> '$.endDate' as ends
    from raw.records
    where
        tracker = 'jira'
        and resource = 'sprints'
),

-- An issue carries the sprints it is or was in, known even where no list of sprints came.
shown as (
    select
        issues.source,
        issues.run_id,
        issues.fetched_at,
        json_extract(issues.payload, '$.fields.' || fields.field_id) as sprints
    from raw.records as issues
    inner join staging.jira_fields as fields using (source)
    where
        issues.tracker = 'jira'
        and issues.resource = 'issues'
        and issues.superseded_run_id is null
        and fields.field_name = 'Sprint'
        and regexp_full_match(fields.field_id, 'customfield_\d+')
),

carried as (
    select
        source,
        run_id,
        fetched_at,
        unnest(from_json(sprints, '["JSON"]')) as sprint
    from shown
    where json_type(sprints) = 'ARRAY'
),

spelt as (
    select
        source,
        run_id,
        fetched_at,
        staging.jira_sprint(sprint) as sprint
    from carried
),

-- Each copy is as old as its issue: the freshest is taken.
freshest as (
    select
        source,
        run_id,
        null::varchar as superseded_run_id,
        null::timestamptz as missing_since,
        sprint.id as version_id,
        sprint.name as version_name,
        sprint.state as state,
        sprint.starts as starts,
        sprint.ends as ends
    from spelt
    where sprint.id is not null
    qualify row_number() over (
        partition by source, sprint.id
        order by fetched_at desc, sprint::varchar
    ) = 1
),

sprints as (
    select * from listed
    union all
    select freshest.*
    from freshest
    where not exists (
        from listed
        where listed.source = freshest.source and listed.version_id = freshest.version_id
    )
)

select
    sprints.source,
    sprints.version_id,
    sprints.run_id,
    sprints.superseded_run_id,
    sprints.missing_since,
    sprints.version_name,
    -- Instants, which a Cloud writes in UTC: a Monday in Sydney begins on its Sunday.
    staging.local_day(sprints.starts, organisation.timezone) as starts_on,
    staging.local_day(sprints.ends, organisation.timezone) as release_on,
    coalesce(lower(sprints.state) = 'closed', false) as is_released
from sprints
cross join staging.organisation as organisation;

comment on view staging.jira_sprints is 'Every sprint of every board, each time its payload differed, and those that only issues show. One row per source, version_id and run_id.';
comment on column staging.jira_sprints.source is 'Name of the source.';
comment on column staging.jira_sprints.version_id is 'Id of the sprint.';
comment on column staging.jira_sprints.run_id is 'Run that saw it first so.';
comment on column staging.jira_sprints.superseded_run_id is 'Run that saw it changed; null for how it is now.';
comment on column staging.jira_sprints.missing_since is 'Snapshot at which Jira no longer showed it; null while it does.';
comment on column staging.jira_sprints.version_name is 'Name of the sprint.';
comment on column staging.jira_sprints.starts_on is 'Day of its planned start, in the zone of the organisation; null where it has none yet.';
comment on column staging.jira_sprints.release_on is 'Day of its planned end, in the zone of the organisation; null where it has none yet.';
comment on column staging.jira_sprints.is_released is 'True once it was closed.';
