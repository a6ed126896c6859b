-- The date of every release, sprint and project field as it was seen: the history that no tracker keeps.
-- Grain: one row per release_id, valid_from.
-- Reads: staging.releases, raw.syncs.
create table core.release_dates as
with

seen as (
    -- A sync that was killed saw what it saw: at its start at the latest.
    select run_id, source, coalesce(snapshot_at, started_at) as snapshot_at from raw.syncs
),

copies as (
    select
        releases.release_id,
        releases.source,
        releases.kind,
        releases.version_id,
        releases.item_id,
        releases.release,
        releases.project,
        releases.starts_on,
        releases.release_on,
        releases.is_released,
        opened.snapshot_at as valid_from,
        -- What vanished and came back otherwise had ended when it vanished.
        coalesce(releases.missing_since, closed.snapshot_at) as valid_until
    from staging.releases as releases
    inner join seen as opened on releases.run_id = opened.run_id and releases.source = opened.source
    left join seen as closed on releases.superseded_run_id = closed.run_id and releases.source = closed.source
    -- Read again under one declared instant, an archive shows of that instant only what it showed last.
    where valid_until is null or valid_until > valid_from
),

compared as (
    select
        *,
        (release, project, item_id, starts_on, release_on, is_released) is distinct from (
            lag(release) over life,
            lag(project) over life,
            lag(item_id) over life,
            lag(starts_on) over life,
            lag(release_on) over life,
            lag(is_released) over life
        )
        or lag(valid_until) over life is distinct from valid_from as is_new
    from copies
    window life as (partition by release_id order by valid_from, valid_until nulls last)
),

-- A copy that differs in what is not read here, such as a count of open issues, is the same still.
numbered as (
    select
        *,
        sum(is_new::integer) over (
            partition by release_id order by valid_from, valid_until nulls last rows unbounded preceding
        ) as spell
    from compared
)

select
    release_id,
    any_value(source) as source,
    any_value(kind) as kind,
    any_value(version_id) as version_id,
    any_value(item_id) as item_id,
    any_value(release) as release,
    any_value(project) as project,
    any_value(starts_on) as starts_on,
    any_value(release_on) as release_on,
    any_value(is_released) as is_released,
    min(valid_from) as valid_from,
    case when bool_and(valid_until is not null) then max(valid_until) end as valid_until
from numbered
group by release_id, spell
order by release_id, valid_from;

comment on table core.release_dates is 'The date of every version, milestone, sprint and project field as it was seen at each sync. One row per release_id and valid_from.';
comment on column core.release_dates.release_id is 'Deterministic key: <tracker>:<source>:<id>, with sprint: or project: before the id of such.';
comment on column core.release_dates.source is 'Name of the source.';
comment on column core.release_dates.kind is 'version or milestone, which are releases; sprint, iteration or project_date, which are not.';
comment on column core.release_dates.version_id is 'Its id in the tracker.';
comment on column core.release_dates.item_id is 'The work item whose date it is, for iteration and project_date; else null.';
comment on column core.release_dates.release is 'Its name; of a project date the name of the field.';
comment on column core.release_dates.project is 'Project key, or owner/repository; null for a sprint.';
comment on column core.release_dates.starts_on is 'First day of a sprint, in the zone of the organisation, or of an iteration; else null.';
comment on column core.release_dates.release_on is 'Release date, due date, or last day of a sprint or iteration; null where it has none.';
comment on column core.release_dates.is_released is 'True once marked as released or closed.';
comment on column core.release_dates.valid_from is 'Snapshot at which it was seen so first, UTC; before the first one nothing is known.';
comment on column core.release_dates.valid_until is 'Snapshot at which it was seen changed or seen no more, UTC; null for how it is now.';
