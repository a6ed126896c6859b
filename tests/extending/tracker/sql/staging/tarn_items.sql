-- Every card of Tarn as it is now.
-- Grain: one row per item_id.
-- Reads: raw.records.
create view staging.tarn_items as
select
    'tarn:' || source || ':' || key as item_id,
    source,
    tracker,
    'ticket' as kind,
    'TARN-' || key as key,
    payload ->> '$.address' as url,
    payload ->> '$.title' as title,
    payload ->> '$.board' as project,
    payload ->> '$.board' as project_id,
    'card' as item_type,
    payload ->> '$.column.id' as status_id,
    payload ->> '$.column.name' as status,
    json_array_length(payload, '$.moves')::integer as histories_received,
    try_cast(payload ->> '$.move_count' as integer) as histories_announced,
    staging.instant(payload ->> '$.opened') as created_at,
    staging.instant(payload ->> '$.changed') as updated_at,
    missing_since
from raw.records
where tracker = 'tarn' and resource = 'cards' and superseded_run_id is null;

comment on view staging.tarn_items is 'Every card of Tarn as it is now, in the columns of staging.items. One row per item_id.';
