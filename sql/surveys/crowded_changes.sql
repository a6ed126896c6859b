-- The changes that may be part of a bulk edit: many of one field, by one person, at one time.
-- Parameter: from how many items on a change may be a bulk edit.
-- Reads: core.field_changes.
-- A place is a field, a person and a minute. Nearly every change of millions is alone in its own, and numbers take a
-- fraction of the memory of names; two places of one number would let a few more changes through.
with

-- A minute, from any second on, lies within two minutes of the clock: one of these has half of the edit.
busy as (
    select hash(field, actor_id, epoch(changed_at)::bigint // 60) as place
    from core.field_changes
    group by place
    having count(*) * 2 >= ?
),

timed as (
    select
        *,
        epoch(changed_at)::bigint // 60 as minute
    from core.field_changes
)

select * exclude (minute)
from timed
where
    hash(field, actor_id, minute) in (from busy)
    or hash(field, actor_id, minute - 1) in (from busy)
    or hash(field, actor_id, minute + 1) in (from busy)
