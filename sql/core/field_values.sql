-- The value of every field of every work item as the tracker shows it now.
-- Grain: one row per item_id, field, position; an empty field has one row of nulls.
-- Reads: staging.field_values, staging.people_fields, staging.names_of_people.
create table core.field_values as
with

masked as (
    select
        values_now.*,
        values_now.account is not null or people.field_id is not null as names_people,
        core.is_of_names(values_now.value_text, first.is_whole, last.is_whole) as is_named,
        aliases.actor_id
    from staging.field_values as values_now
    left join staging.people_fields as people
        on values_now.source = people.source and values_now.field_id = people.field_id
    left join aliases
        on
            values_now.source = aliases.source
            and case
                when people.field_id is null and values_now.account is not null then values_now.account
                when people.field_id is null then case when values_now.is_custom then values_now.value_text end
                else coalesce(values_now.account, values_now.value_id, values_now.value_text)
            end = aliases.alias
    left join staging.names_of_people as first
        on
            values_now.source = first.source
            and case when values_now.is_custom then core.listed_name(values_now.value_text, 1) end = first.name
    left join staging.names_of_people as last
        on
            values_now.source = last.source
            and case when values_now.is_custom then core.listed_name(values_now.value_text, -1) end = last.name
)

select
    item_id,
    field,
    position::integer as position,
    field_id,
    case when names_people then core.masked_value(value_id, actor_id, names_people, false) else value_id end as value_id,
    core.masked_value(value_text, actor_id, names_people or is_named, coalesce(is_custom, false)) as value_text
from masked
order by item_id, field, position;

comment on table core.field_values is 'The value of every field of every work item as the tracker shows it now. One row per item_id, field and position; an empty field has one row of nulls, a field that was not delivered none.';
comment on column core.field_values.item_id is 'The work item.';
comment on column core.field_values.field is 'Name of the field, as in core.field_changes.';
comment on column core.field_values.position is 'Position in a list of values, from 1.';
comment on column core.field_values.field_id is 'Id of the field.';
comment on column core.field_values.value_id is 'Id of the value where it has one. A person is a pseudonym.';
comment on column core.field_values.value_text is 'Text of the value. A person is a pseudonym.';
