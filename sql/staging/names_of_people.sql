-- Every name that an account is shown under, and the parts of those that have a comma: "Archer, Ann".
-- Grain: one row per source, name.
-- Reads: staging.accounts.
-- A table: it is read seven times, and of a view each would read all payloads of a GitHub for who is in them.
create table staging.names_of_people as
with

names as (
    select
        source,
        unnest(display_names) as name
    from staging.accounts
),

spelt as (
    select
        source,
        name,
        true as is_whole
    from names

    union all

    select
        source,
        trim(unnest(string_split(name, ','))) as name,
        false as is_whole
    from names
    where contains(name, ',')
)

select
    source,
    name,
    bool_or(is_whole) as is_whole
from spelt
where name <> ''
group by source, name;

comment on table staging.names_of_people is 'Every name that an account is shown under, and the parts of those that have a comma. One row per source and name.';
comment on column staging.names_of_people.source is 'Name of the source.';
comment on column staging.names_of_people.name is 'The name, or a part of one.';
comment on column staging.names_of_people.is_whole is 'True where it is a name as it stands, false where it is only a part of one.';
