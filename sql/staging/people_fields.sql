-- The fields made by users that hold people by their type, and so are pseudonyms from core on.
-- Grain: one row per source, field_id.
-- Reads: staging.jira_fields.
create view staging.people_fields as
with

people_fields as (
    select distinct
        source,
        field_id
    from staging.jira_fields
    where field_type = 'user' or item_type = 'user'
)

select
    source,
    field_id
from people_fields;

comment on view staging.people_fields is 'The fields made by users that hold people by their type. One row per source and field_id.';
comment on column staging.people_fields.source is 'Name of the source.';
comment on column staging.people_fields.field_id is 'Id of the field, as in staging.changes.';
