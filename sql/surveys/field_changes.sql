-- The changes that a survey of all items looks at: those of some fields, and those that may be part of a bulk edit.
-- Parameters: the fields in lower case; from how many items on a change may be a bulk edit.
-- Reads: core.field_changes.
with

-- A minute, from any second on, lies within two minutes of the clock: one of these has half of the edit.
busy as (
    select
        field,
        actor_id,
        epoch(changed_at)::bigint // 60 as minute
    from core.field_changes
    group by all
    having count(*) * 2 >= $2
),

near as (
    select distinct
        field,
        actor_id,
        unnest([minute - 1, minute, minute + 1]) as minute
    from busy
)

select changes.*
from core.field_changes as changes
where
    list_contains($1, lower(changes.field))
    or list_contains($1, lower(changes.field_id))
    or exists (
        from near
        where
            near.field = changes.field
            and near.actor_id is not distinct from changes.actor_id
            and near.minute = epoch(changes.changed_at)::bigint // 60
    )
