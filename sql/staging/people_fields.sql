-- The fields made by users that hold people: all their values are pseudonyms from core on, or nobody's.
-- Grain: one row per source, field_id.
-- Reads: staging.jira_people_fields.
create view staging.people_fields as
select
    source,
    field_id
from staging.jira_people_fields;

comment on view staging.people_fields is 'The fields made by users that hold people. One row per source and field_id.';
comment on column staging.people_fields.source is 'Name of the source.';
comment on column staging.people_fields.field_id is 'Id of the field, as in staging.changes; and its name, by which the changes are told that have no id.';
