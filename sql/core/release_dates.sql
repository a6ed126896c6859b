-- The date of every release as it was seen: the history that no tracker keeps.
-- Grain: one row per release_id, valid_from.
-- Reads: staging.jira_versions, staging.github_milestones, staging.jira_issues, raw.syncs.
create table core.release_dates as
with

versions as (
    select *, 'jira' as tracker from staging.jira_versions
    union all by name
    select *, 'github' as tracker from staging.github_milestones
),

projects as (
    select source, project_id, min(project_key) as project
    from staging.jira_issues
    group by source, project_id
),

seen as (
    -- A sync that was killed saw what it saw: at its start at the latest.
    select run_id, source, coalesce(snapshot_at, started_at) as snapshot_at from raw.syncs
)

select
    versions.tracker || ':' || versions.source || ':' || versions.version_id as release_id,
    versions.source,
    versions.version_id,
    versions.version_name as release,
    coalesce(projects.project, versions.project_id) as project,
    versions.release_on,
    versions.is_released,
    opened.snapshot_at as valid_from,
    closed.snapshot_at as valid_until
from versions
inner join seen as opened on versions.run_id = opened.run_id and versions.source = opened.source
left join seen as closed on versions.superseded_run_id = closed.run_id and versions.source = closed.source
left join projects on versions.source = projects.source and versions.project_id = projects.project_id
order by release_id, valid_from;

comment on table core.release_dates is 'The date of every version or milestone as it was seen at each sync. One row per release_id and valid_from.';
comment on column core.release_dates.release_id is 'Deterministic key: <tracker>:<source>:<id>.';
comment on column core.release_dates.source is 'Name of the source.';
comment on column core.release_dates.version_id is 'Id of the version or milestone in the tracker.';
comment on column core.release_dates.release is 'Its name.';
comment on column core.release_dates.project is 'Project key, or owner/repository.';
comment on column core.release_dates.release_on is 'Release date; null where it has none.';
comment on column core.release_dates.is_released is 'True once marked as released or closed.';
comment on column core.release_dates.valid_from is 'Snapshot at which it was seen so first, UTC; before the first one nothing is known.';
comment on column core.release_dates.valid_until is 'Snapshot at which it was seen changed, UTC; null for how it is now.';
