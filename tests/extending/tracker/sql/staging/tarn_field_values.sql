-- Where every card of Tarn stands now: what the last of its moves must agree with.
-- Grain: one row per item_id, field, position.
-- Reads: staging.tarn_items.
create view staging.tarn_field_values as
select
    item_id,
    'status' as field,
    1 as position,
    source,
    'status' as field_id,
    status_id as value_id,
    status as value_text,
    null::varchar as account
from staging.tarn_items;

comment on view staging.tarn_field_values is 'Where every card of Tarn stands now, in the columns of staging.field_values. One row per item_id, field and position.';
