-- The columns of a board of Tarn, in the categories that every tracker has.
-- Grain: one row per source, status_id.
-- Reads: raw.records.
create view staging.tarn_statuses as
select
    source,
    key as status_id,
    payload ->> '$.name' as status,
    case payload ->> '$.phase' when 'waiting' then 'new' when 'working' then 'indeterminate' else 'done' end as category
from raw.records
where tracker = 'tarn' and resource = 'columns' and superseded_run_id is null;

comment on view staging.tarn_statuses is 'The columns of a board of Tarn, in the columns of staging.statuses. One row per source and status_id.';
