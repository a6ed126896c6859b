-- The value of every field of every work item as its tracker shows it now.
-- Grain: one row per item_id, field, position; an empty field has one row of nulls.
-- Reads: staging.jira_values, staging.github_values, staging.names.
create view staging.field_values as
with

field_values as (
    select * from staging.jira_values
    union all by name
    select * from staging.github_values
)

select
    field_values.item_id,
    field_values.field,
    field_values.position,
    field_values.source,
    field_values.field_id,
    field_values.value_id,
    -- An item that was read before a renaming still shows the former name.
    coalesce(names.name, field_values.value_text) as value_text,
    field_values.account,
    field_values.is_custom
from field_values
left join staging.names as names using (source, field, value_id);

comment on view staging.field_values is 'The value of every field of every work item as its tracker shows it now. One row per item_id, field and position; an empty field has one row of nulls, a field that was not delivered none.';
comment on column staging.field_values.item_id is 'The work item.';
comment on column staging.field_values.field is 'Name of the field, as in staging.changes.';
comment on column staging.field_values.position is 'Position in a list of values, from 1.';
comment on column staging.field_values.source is 'Name of the source.';
comment on column staging.field_values.field_id is 'Id of the field.';
comment on column staging.field_values.value_id is 'Id of the value where it has one.';
comment on column staging.field_values.value_text is 'Text of the value, as it is called now.';
comment on column staging.field_values.account is 'The account, where the value is a person.';
comment on column staging.field_values.is_custom is 'True for a field made by the users, the texts of which may name a person; null where the tracker has none.';
