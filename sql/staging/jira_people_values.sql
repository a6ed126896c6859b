-- Every value that a history gives a field that holds people, or that users made and no description tells apart from one.
-- Grain: one row per source, field_id, field, value_id, value_text.
-- Reads: staging.jira_changes, staging.jira_fields. A table: of hundreds of thousands of changes few values are left.
create table staging.jira_people_values as
with

-- A choice, a number or a date is what its type says, whatever it is called.
told as (
    select
        source,
        field_id
    from staging.jira_fields
    where
        case when field_type = 'array' then item_type else field_type end
        not in ('user', 'any', 'string')
),

changes as (
    select
        changes.source,
        changes.field_id,
        changes.field,
        changes.is_custom,
        unnest([
            {'id': changes.from_id, 'text': changes.from_text},
            {'id': changes.to_id, 'text': changes.to_text}
        ]) as value
    from staging.jira_changes as changes
    left join told using (source, field_id)
    where changes.field in ('assignee', 'reporter') or changes.is_custom and told.field_id is null
)

select distinct
    source,
    field_id,
    field,
    is_custom,
    -- What is longer is a text, and no list of people: a million of these would be held at once.
    case when length(value.id) <= 1000 then value.id end as value_id,
    case when length(value.text) <= 1000 then value.text end as value_text
from changes
where value.id is not null or value.text is not null;

comment on table staging.jira_people_values is 'Every value that a history gives a field that holds people, or that users made and no description tells apart from one. One row per source, field_id, field, value_id and value_text.';
comment on column staging.jira_people_values.source is 'Name of the source.';
comment on column staging.jira_people_values.field_id is 'Id of the field where it is known.';
comment on column staging.jira_people_values.field is 'Name of the field, as in staging.jira_changes.';
comment on column staging.jira_people_values.is_custom is 'True for a field made by the users, which may hold anything else.';
comment on column staging.jira_people_values.value_id is 'Id of the value; null where there is none, or it is too long for a list of people.';
comment on column staging.jira_people_values.value_text is 'Text of the value; null where there is none, or it is too long for a list of people.';
