-- Every status known by id, with the category the tracker puts it in.
-- Grain: one row per source, status_id.
-- Reads: staging.statuses.
create table core.statuses as
select
    source,
    status_id,
    status,
    category
from staging.statuses
order by source, status_id;

comment on table core.statuses is 'Every status known by id, with the category the tracker puts it in. One row per source and status_id.';
comment on column core.statuses.source is 'Name of the source.';
comment on column core.statuses.status_id is 'Id of the status.';
comment on column core.statuses.status is 'Name of the status now.';
comment on column core.statuses.category is 'Key of its category: new, indeterminate, done, undefined.';
