-- The changes that may be part of a bulk edit: many of one field, by one person, at one time.
-- Parameter: from how many items on a change may be a bulk edit.
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
    having count(*) * 2 >= ?
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
    exists (
        from near
        where
            near.field = changes.field
            and near.actor_id is not distinct from changes.actor_id
            and near.minute = epoch(changes.changed_at)::bigint // 60
    )
