-- What a tracker calls something now, by the id that items know it by.
-- Grain: one row per source, field, value_id.
-- Reads: staging.jira_names, staging.github_names.
create view staging.names as
with

names as (
    select * from staging.jira_names
    union all by name
    select * from staging.github_names
)

select
    source,
    field,
    value_id,
    name
from names;

comment on view staging.names is 'What a tracker calls something now, by the id that items know it by. One row per source, field and value_id.';
comment on column staging.names.source is 'Name of the source.';
comment on column staging.names.field is 'Name of the field that holds it, as in staging.field_values.';
comment on column staging.names.value_id is 'Its id.';
comment on column staging.names.name is 'Its name now.';
