-- Every version of every project, each time its payload differed.
-- Grain: one row per source, version_id, run_id.
-- Reads: raw.records.
create view staging.jira_versions as
with

listed as (
    select
        source,
        first_run_id as run_id,
        superseded_run_id,
        missing_since,
        payload as version,
        payload ->> '$.projectId' as project_id,
        1 as precedence
    from raw.records
    where
        tracker = 'jira'
        and resource = 'versions'
),

-- An issue carries the versions it is planned for, known even where no list of versions came.
carried as (
    select
        source,
        run_id,
        null::varchar as superseded_run_id,
        null::timestamptz as missing_since,
        unnest(from_json(payload -> '$.fields.fixVersions', '["JSON"]')) as version,
        payload ->> '$.fields.project.id' as project_id,
        2 as precedence
    from raw.records
    where
        tracker = 'jira'
        and resource = 'issues'
        and superseded_run_id is null
),

-- A list that came without the project of its versions: they are of that of the issues planned for them.
homes as (
    select
        source,
        version ->> '$.id' as version_id,
        min(project_id) as project_id
    from carried
    group by source, version_id
),

versions as (
    select * from listed
    union all
    select carried.*
    from carried
    where not exists (
        from listed
        where listed.source = carried.source and (listed.version ->> '$.id') = (carried.version ->> '$.id')
    )
)

select
    versions.source,
    versions.version ->> '$.id' as version_id,
    versions.run_id,
    versions.superseded_run_id,
    versions.missing_since,
    versions.version ->> '$.name' as version_name,
    coalesce(versions.project_id, homes.project_id) as project_id,
    staging.calendar_day(versions.version ->> '$.releaseDate') as release_on,
    coalesce(try_cast(versions.version ->> '$.released' as boolean), false) as is_released
from versions
left join homes on versions.source = homes.source and (versions.version ->> '$.id') = homes.version_id
qualify row_number() over (
    partition by versions.source, versions.version ->> '$.id', versions.run_id
    order by versions.precedence, versions.version::varchar
) = 1;

comment on view staging.jira_versions is 'Every version of every project, each time its payload differed. One row per source, version_id and run_id.';
comment on column staging.jira_versions.source is 'Name of the source.';
comment on column staging.jira_versions.version_id is 'Id of the version.';
comment on column staging.jira_versions.run_id is 'Run that saw it first so.';
comment on column staging.jira_versions.superseded_run_id is 'Run that saw it changed; null for how it is now.';
comment on column staging.jira_versions.missing_since is 'Snapshot at which Jira no longer showed it; null while it does.';
comment on column staging.jira_versions.version_name is 'Name of the version.';
comment on column staging.jira_versions.project_id is 'Id of its project: where its list does not say, that of the issues planned for it.';
comment on column staging.jira_versions.release_on is 'Release date; null where it has none.';
comment on column staging.jira_versions.is_released is 'True once it was marked as released.';
