-- Every move of every card of Tarn.
-- Grain: one row per item_id, change_group, ordinal.
-- Reads: raw.records.
create view staging.tarn_changes as
with

moves as (
    select
        'tarn:' || source || ':' || key as item_id,
        source,
        unnest(from_json(payload -> '$.moves', '["JSON"]')) as move,
        generate_subscripts(from_json(payload -> '$.moves', '["JSON"]'), 1) as position
    from raw.records
    where tracker = 'tarn' and resource = 'cards' and superseded_run_id is null
)

select
    item_id,
    'move:' || position as change_group,
    0 as ordinal,
    position,
    source,
    move ->> '$.by.id' as account,
    'status' as field,
    'status' as field_id,
    false as is_member,
    false as is_custom,
    move ->> '$.from.id' as from_id,
    move ->> '$.from.name' as from_text,
    move ->> '$.to.id' as to_id,
    move ->> '$.to.name' as to_text,
    staging.instant(move ->> '$.at') as changed_at
from moves;

comment on view staging.tarn_changes is 'Every move of every card of Tarn, in the columns of staging.changes. One row per item_id, change_group and ordinal.';
