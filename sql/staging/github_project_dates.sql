-- Every date or iteration that a project of GitHub gives to an item, each time its payload differed.
-- Grain: one row per source, version_id, run_id.
-- Reads: raw.records.
create view staging.github_project_dates as
with

dates as (
    select
        source,
        first_run_id as run_id,
        superseded_run_id,
        missing_since,
        payload ->> '$.id' as version_id,
        payload ->> '$.field' as field_name,
        payload ->> '$.iteration.title' as iteration,
        staging.calendar_day(payload ->> '$.date') as date_on,
        staging.calendar_day(payload ->> '$.iteration.start') as starts_on,
        try_cast(payload ->> '$.iteration.duration' as integer) as days,
        payload ->> '$.content.repository.full_name' as repository,
        staging.github_reference(payload -> '$.content') as item_key
    from raw.records
    where
        tracker = 'github'
        and resource = 'project_dates'
)

select
    source,
    version_id,
    run_id,
    superseded_run_id,
    missing_since,
    -- Once cleared, a field no longer shows of what kind it is.
    case
        when bool_or(iteration is not null) over (partition by source, version_id) then 'iteration'
        else 'project_date'
    end as kind,
    coalesce(iteration, field_name) as version_name,
    repository as project_id,
    'github:' || source || ':' || item_key as item_id,
    starts_on,
    coalesce(date_on, starts_on + greatest(days - 1, 0)) as release_on,
    false as is_released
from dates;

comment on view staging.github_project_dates is 'Every date or iteration that a project of GitHub gives to an item, each time its payload differed. One row per source, version_id and run_id.';
comment on column staging.github_project_dates.source is 'Name of the source.';
comment on column staging.github_project_dates.version_id is 'Id of the value: of one field of one item in one project.';
comment on column staging.github_project_dates.run_id is 'Run that saw it first so.';
comment on column staging.github_project_dates.superseded_run_id is 'Run that saw it changed; null for how it is now.';
comment on column staging.github_project_dates.missing_since is 'Snapshot at which GitHub no longer showed it; null while it does.';
comment on column staging.github_project_dates.kind is 'iteration or project_date.';
comment on column staging.github_project_dates.version_name is 'Title of the iteration; for a date, and where it is empty, the name of the field.';
comment on column staging.github_project_dates.project_id is 'Owner and name of the repository of the item.';
comment on column staging.github_project_dates.item_id is 'The work item; null for a draft that is none yet.';
comment on column staging.github_project_dates.starts_on is 'First day of the iteration; null for a date.';
comment on column staging.github_project_dates.release_on is 'The date, or the last day of the iteration; null where it is empty.';
comment on column staging.github_project_dates.is_released is 'Always false: a date says nothing of its end.';
