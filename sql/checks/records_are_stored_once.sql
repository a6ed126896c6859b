-- A record of a source is stored once: under one key there is one present payload.
-- Returns: the keys of which there are several.
select source || ' ' || resource || ' ' || key as detail
from raw.records
where superseded_run_id is null
group by source, resource, key
having count(*) > 1
