-- The value of every field of every work item as the tracker shows it now.
-- Grain: one row per item_id, field, position; an empty field has one row of nulls.
-- Reads: staging.field_values.
create table core.field_values as
select
    values_now.item_id,
    values_now.field,
    values_now.position::integer as position,
    values_now.field_id,
    case when values_now.account is null then values_now.value_id else coalesce(aliases.actor_id, '?') end as value_id,
    case when values_now.account is null then core.masked_text(values_now.value_text) else coalesce(aliases.actor_id, '?') end
        as value_text
from staging.field_values as values_now
left join aliases
    on values_now.source = aliases.source and values_now.account = aliases.alias
order by values_now.item_id, values_now.field, values_now.position;

comment on table core.field_values is 'The value of every field of every work item as the tracker shows it now. One row per item_id, field and position; an empty field has one row of nulls, a field that was not delivered none.';
comment on column core.field_values.item_id is 'The work item.';
comment on column core.field_values.field is 'Name of the field, as in core.field_changes.';
comment on column core.field_values.position is 'Position in a list of values, from 1.';
comment on column core.field_values.field_id is 'Id of the field.';
comment on column core.field_values.value_id is 'Id of the value where it has one. A person is a pseudonym.';
comment on column core.field_values.value_text is 'Text of the value.';
