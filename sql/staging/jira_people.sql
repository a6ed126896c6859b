-- Every person whom the payload of a Jira issue shows, and in which field made by users, where it is one.
-- Grain: one row per source, field_id, person.
-- Reads: raw.records. A table: accounts and fields of people are both made of the one reading of each payload.
create table staging.jira_people as
with

-- Fields as a map: a payload has a hundred made by users, and to look for each would read it a hundred times.
issues as (
    select
        source,
        from_json(
            payload,
            '{
                "fields": "MAP(VARCHAR, JSON)",
                "changelog": {"histories": [{"author": "JSON"}], "values": [{"author": "JSON"}]}
            }'
        ) as told
    from raw.records
    where
        tracker = 'jira'
        and resource = 'issues'
        and superseded_run_id is null
),

known as (
    select
        source,
        unnest(list_distinct(
            [told.fields['creator'], told.fields['reporter'], told.fields['assignee']]
            || list_transform(
                coalesce(told.changelog.histories, told.changelog."values", []), lambda one: one.author
            )
            -- Whoever only ever commented or entered work has an account too.
            || coalesce(from_json(told.fields['comment'] -> '$.comments[*].author', '["JSON"]'), [])
            || coalesce(from_json(told.fields['worklog'] -> '$.worklogs[*].author', '["JSON"]'), [])
        )) as person
    from issues
),

-- Signs of a person are looked for in the text first: nearly no field has any.
members as (
    select
        source,
        unnest(list_filter(
            map_entries(told.fields),
            lambda member: starts_with(member.key, 'customfield_')
            and (contains(member.value::varchar, '"displayName"') or contains(member.value::varchar, '"accountId"'))
        )) as member
    from issues
),

held as (
    select
        source,
        member.key as field_id,
        unnest(
            case json_type(member.value)
                when 'ARRAY' then from_json(member.value, '["JSON"]')
                else [member.value]
            end
        ) as person
    from members
)

select distinct
    source,
    null::varchar as field_id,
    person
from known
where person is not null

union all

select distinct
    source,
    field_id,
    person
from held
where coalesce(person ->> '$.accountId', person ->> '$.displayName') is not null;

comment on table staging.jira_people is 'Every person whom the payload of a Jira issue shows. One row per source, field_id and person.';
comment on column staging.jira_people.source is 'Name of the source.';
comment on column staging.jira_people.field_id is 'Id of the field made by users that shows them; null where they are shown elsewhere.';
comment on column staging.jira_people.person is 'The account as Jira writes it inside other things, JSON.';
