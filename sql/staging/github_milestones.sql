-- Every milestone of every repository, each time its payload differed.
-- Grain: one row per source, version_id, run_id.
-- Reads: raw.records.
create view staging.github_milestones as
with

listed as (
    select
        source,
        first_run_id as run_id,
        superseded_run_id,
        missing_since,
        payload as milestone
    from raw.records
    where
        tracker = 'github'
        and resource = 'milestones'
),

-- An item carries the milestone it is planned for, known even where no list of milestones came.
-- Each copy is as old as its item: the freshest is taken.
carried as (
    select
        source,
        run_id,
        null::varchar as superseded_run_id,
        null::timestamptz as missing_since,
        payload -> '$.milestone' as milestone
    from raw.records
    where
        tracker = 'github'
        and resource in ('pulls', 'issues')
        and superseded_run_id is null
        and json_type(payload, '$.milestone') = 'OBJECT'
    qualify row_number() over (
        partition by source, staging.github_milestone(milestone)
        order by staging.instant(milestone ->> '$.updated_at') desc nulls last, fetched_at desc, milestone::varchar
    ) = 1
),

milestones as (
    select * from listed
    union all
    select carried.*
    from carried
    where not exists (
        from listed
        where
            listed.source = carried.source
            and staging.github_milestone(listed.milestone) = staging.github_milestone(carried.milestone)
    )
)

select
    source,
    staging.github_milestone(milestone) as version_id,
    run_id,
    superseded_run_id,
    missing_since,
    milestone ->> '$.title' as version_name,
    coalesce(
        milestone ->> '$.repository.full_name',
        nullif(regexp_extract(milestone ->> '$.url', '/repos/([^/]+/[^/]+)/milestones/', 1), '')
    ) as project_id,
    staging.calendar_day(milestone ->> '$.due_on') as release_on,
    coalesce(lower(milestone ->> '$.state') = 'closed', false) as is_released
from milestones;

comment on view staging.github_milestones is 'Every milestone of every repository, each time its payload differed. One row per source, version_id and run_id.';
comment on column staging.github_milestones.source is 'Name of the source.';
comment on column staging.github_milestones.version_id is 'Node id of the milestone; its number where the payload has no other.';
comment on column staging.github_milestones.run_id is 'Run that saw it first so.';
comment on column staging.github_milestones.superseded_run_id is 'Run that saw it changed; null for how it is now.';
comment on column staging.github_milestones.missing_since is 'Snapshot at which GitHub no longer showed it; null while it does.';
comment on column staging.github_milestones.version_name is 'Title of the milestone.';
comment on column staging.github_milestones.project_id is 'Owner and name of its repository.';
comment on column staging.github_milestones.release_on is 'Due date as written; null where it has none.';
comment on column staging.github_milestones.is_released is 'True once it was closed.';
