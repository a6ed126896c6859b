-- The fields a Jira knows, by id.
-- Grain: one row per source, field_id.
-- Reads: raw.records. A table: of a view the engine does not see how few they are, and joins all else to them.
create table staging.jira_fields as
select
    source,
    payload ->> '$.id' as field_id,
    payload ->> '$.name' as field_name,
    payload ->> '$.schema.type' as field_type,
    payload ->> '$.schema.items' as item_type
from raw.records
where
    tracker = 'jira'
    and resource = 'fields'
    and superseded_run_id is null;

comment on table staging.jira_fields is 'The fields a Jira knows. One row per source and field_id.';
comment on column staging.jira_fields.source is 'Name of the source.';
comment on column staging.jira_fields.field_id is 'Id: duedate, or customfield_10016.';
comment on column staging.jira_fields.field_name is 'Name as people see it now.';
comment on column staging.jira_fields.field_type is 'Type of its values: string, number, user, array.';
comment on column staging.jira_fields.item_type is 'Type of the members where the values are lists.';
