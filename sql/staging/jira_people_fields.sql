-- The fields made by users of a Jira that hold people: by their type, by what an issue shows in them, or by whom they name.
-- Grain: one row per source, field_id.
-- Reads: staging.jira_fields, staging.jira_people, staging.jira_told_values, staging.jira_accounts, staging.names_of_people.
-- A table: it is read twice, and is small.
create table staging.jira_people_fields as
with

described as (
    select
        source,
        field_id,
        field_name
    from staging.jira_fields
    where field_type = 'user' or item_type = 'user'
),

told as (
    select * from staging.jira_told_values
    where is_custom
),

-- A list of people is written as "ann, ben", "[ann, ben]" or "[ann(ann), ben(ben)]".
ids as (
    select
        source,
        field_id,
        field,
        trim(unnest(regexp_split_to_array(value_id, '[\[\](),]'))) as named
    from told
),

accounts as (
    select source, account as named from staging.jira_accounts
    union
    select source, unnest(logins) as named from staging.jira_accounts
),

parts as (
    select
        source,
        field_id,
        field,
        value_text,
        trim(unnest([value_text] || string_split(trim(value_text, '[]'), ','))) as named,
        generate_subscripts([value_text] || string_split(trim(value_text, '[]'), ','), 1) = 1 as is_whole
    from told
    where value_text is not null
),

-- A text that begins with a name is no list: of a list each part is one. Some names have a comma, and are parts in a list.
texts as (
    select
        parts.source,
        parts.field_id,
        parts.field,
        parts.value_text,
        bool_or(parts.is_whole and coalesce(names.is_whole, false))
        or bool_and(
            parts.is_whole
            or (names.name is not null and (names.is_whole or contains(parts.value_text, ',')))
        ) as is_named
    from parts
    left join staging.names_of_people as names
        on parts.source = names.source and parts.named = names.name
    group by parts.source, parts.field_id, parts.field, parts.value_text
),

naming as (
    select
        source,
        field_id,
        field
    from ids
    inner join accounts using (source, named)
    -- Sprints, releases and choices have numbers for ids, and so may have an employee.
    where not regexp_full_match(named, '[0-9]+')

    union

    -- What Jira makes up for an account nobody calls anything else.
    select
        source,
        field_id,
        field
    from ids
    where regexp_full_match(named, '(([0-9]+|qm|ug):)[0-9a-f:-]{36,}|[0-9a-f]{24}|JIRAUSER[0-9]+')

    union

    -- A text may be the name of somebody by chance, as where a team, a vendor or a tester has an account of that name.
    select
        source,
        field_id,
        field
    from texts
    group by source, field_id, field
    having avg(is_named::integer) >= 0.5
),

by_id as (
    select source, field_id from described
    union
    select source, field_id from staging.jira_people where field_id is not null
    union
    select source, field_id from naming where field_id is not null
),

-- Older histories give a field by name alone: it is the one of that name, and what it was called.
by_name as (
    select source, field_name as field from described
    union
    select source, field from naming
    union
    select told.source, told.field
    from told
    inner join by_id using (source, field_id)
)

select source, field_id from by_id
union
select source, field as field_id from by_name
union
select told.source, told.field_id
from told
inner join by_name using (source, field)
where told.field_id is not null;

comment on table staging.jira_people_fields is 'The fields made by users of a Jira that hold people, in the columns of staging.people_fields. One row per source and field_id.';
