-- Everybody who moved a card of Tarn.
-- Grain: one row per source, account.
-- Reads: raw.records.
create view staging.tarn_accounts as
with

people as (
    select source, unnest(from_json(payload -> '$.moves', '["JSON"]')) -> '$.by' as person
    from raw.records
    where tracker = 'tarn' and resource = 'cards' and superseded_run_id is null
)

select
    source,
    person ->> '$.id' as account,
    []::varchar[] as logins,
    list_sort(list_distinct(list(person ->> '$.name'))) as display_names,
    []::varchar[] as addresses,
    false as is_bot
from people
group by source, account;

comment on view staging.tarn_accounts is 'Everybody who moved a card of Tarn, in the columns of staging.accounts. One row per source and account.';
