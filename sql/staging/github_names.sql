-- What a GitHub calls its milestones now: renaming one changes no item that was read before.
-- Grain: one row per source, field, value_id.
-- Reads: raw.records.
create view staging.github_names as
with

milestones as (
    select
        source,
        staging.github_milestone(payload) as value_id,
        payload ->> '$.title' as name
    from raw.records
    where
        tracker = 'github'
        and resource = 'milestones'
        and superseded_run_id is null
    -- Told by both interfaces, one milestone has two keys.
    qualify row_number() over (
        partition by source, value_id
        order by missing_since nulls first, fetched_at desc, key
    ) = 1
)

select
    source,
    'milestone' as field,
    value_id,
    name
from milestones
where value_id is not null and name is not null;

comment on view staging.github_names is 'What a GitHub calls its milestones now. One row per source, field and value_id.';
comment on column staging.github_names.source is 'Name of the source.';
comment on column staging.github_names.field is 'Name of the field that holds it.';
comment on column staging.github_names.value_id is 'Its id.';
comment on column staging.github_names.name is 'Its title now.';
