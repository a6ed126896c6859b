-- Every release, sprint and project field of every tracker, each time what came of it differed.
-- Grain: one row per release_id, run_id.
-- Reads: staging.jira_versions, staging.jira_sprints, staging.github_milestones,
--     staging.github_project_dates, staging.jira_issues.
create view staging.releases as
with

-- Each issue tells the key of its project, which is one for all of them.
projects as (
    select distinct source, project_id, project_key as project
    from staging.jira_issues
),

releases as (
    select versions.*, 'jira:' || versions.source || ':' as prefix, 'version' as kind, projects.project
    from staging.jira_versions as versions
    left join projects using (source, project_id)
    union all by name
    select *, 'jira:' || source || ':sprint:' as prefix, 'sprint' as kind
    from staging.jira_sprints
    union all by name
    select *, 'github:' || source || ':' as prefix, 'milestone' as kind
    from staging.github_milestones
    union all by name
    select *, 'github:' || source || ':project:' as prefix
    from staging.github_project_dates
)

select
    ---------- ids
    prefix || version_id as release_id,
    source,
    kind,
    version_id,
    item_id,

    ---------- facts
    version_name as release,
    coalesce(project, project_id) as project,
    starts_on,
    release_on,
    is_released,

    ---------- runs that saw it
    run_id,
    superseded_run_id,
    missing_since
from releases;

comment on view staging.releases is 'Every release, sprint and project field of every tracker, each time what came of it differed. One row per release_id and run_id.';
comment on column staging.releases.release_id is 'Deterministic key: <tracker>:<source>:<id>, with sprint: or project: before the id of such.';
comment on column staging.releases.source is 'Name of the source.';
comment on column staging.releases.kind is 'version or milestone, which are releases; sprint, iteration or project_date, which are not.';
comment on column staging.releases.version_id is 'Its id in the tracker.';
comment on column staging.releases.item_id is 'The work item whose date it is, for iteration and project_date; else null.';
comment on column staging.releases.release is 'Its name; of a project date the name of the field.';
comment on column staging.releases.project is 'Name of its project; null for a sprint.';
comment on column staging.releases.starts_on is 'First day of a sprint, in the zone of the organisation, or of an iteration; else null.';
comment on column staging.releases.release_on is 'Release date, due date, or last day of a sprint or iteration; null where it has none.';
comment on column staging.releases.is_released is 'True once marked as released or closed.';
comment on column staging.releases.run_id is 'Run that saw it first so.';
comment on column staging.releases.superseded_run_id is 'Run that saw it changed; null for how it is now.';
comment on column staging.releases.missing_since is 'Snapshot at which the tracker no longer showed it; null while it does.';
