-- Every status known by id, with the category its tracker puts it in.
-- Grain: one row per source, status_id.
-- Reads: staging.jira_statuses.
create view staging.statuses as
with

statuses as (
    -- Those of GitHub have neither ids nor categories: what they are follows from how it works.
    select * from staging.jira_statuses
)

select
    source,
    status_id,
    status,
    category
from statuses;

comment on view staging.statuses is 'Every status known by id, with the category its tracker puts it in. One row per source and status_id.';
comment on column staging.statuses.source is 'Name of the source.';
comment on column staging.statuses.status_id is 'Id of the status.';
comment on column staging.statuses.status is 'Name of the status now.';
comment on column staging.statuses.category is 'Key of its category: new, indeterminate, done, undefined. Stages are proposed by it.';
