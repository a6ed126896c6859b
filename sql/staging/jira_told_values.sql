-- Every value of a history that tells what an issue was called, or who somebody is: keys, people, and what a field made by
-- users holds that no description tells apart from one of people.
-- Grain: one row per source, item_id, field_id, field, value_id, value_text.
-- Reads: staging.jira_changes, staging.jira_fields. A table: one reading of all histories, of which few values are left.
create table staging.jira_told_values as
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
        changes.item_id,
        changes.field_id,
        changes.field,
        changes.is_custom,
        unnest([
            {'id': changes.from_id, 'text': changes.from_text},
            {'id': changes.to_id, 'text': changes.to_text}
        ]) as value
    from staging.jira_changes as changes
    left join told using (source, field_id)
    where
        case
            when changes.is_custom then told.field_id is null
            else changes.field in ('key', 'assignee', 'reporter')
        end
)

select distinct
    source,
    -- Whose key it was; of people it is asked whether they are, and not where.
    case when field = 'key' and not is_custom then item_id end as item_id,
    field_id,
    field,
    is_custom,
    -- What is longer is a text, and no list of people: it counts as one, and a million of these would be held at once.
    case when length(value.id) <= 1000 then value.id end as value_id,
    case when length(value.text) > 1000 then md5(value.text) else value.text end as value_text
from changes
where value.id is not null or value.text is not null;

comment on table staging.jira_told_values is 'Every value of a history that tells what an issue was called, or who somebody is. One row per source, item_id, field_id, field, value_id and value_text.';
comment on column staging.jira_told_values.source is 'Name of the source.';
comment on column staging.jira_told_values.item_id is 'The work item, of a key; else null.';
comment on column staging.jira_told_values.field_id is 'Id of the field where it is known.';
comment on column staging.jira_told_values.field is 'Name of the field, as in staging.jira_changes: key, assignee, reporter, or one made by the users that may hold people.';
comment on column staging.jira_told_values.is_custom is 'True for a field made by the users, which may hold anything else.';
comment on column staging.jira_told_values.value_id is 'Id of the value; null where there is none, or it is too long for a list of people.';
comment on column staging.jira_told_values.value_text is 'Text of the value, or its hash where it is too long for a list of people; null where there is none.';
