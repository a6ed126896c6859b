-- Every change of every field of every work item: the heart of the warehouse.
-- Grain: one row per item_id, change_group, ordinal.
-- Reads: staging.changes, staging.people_fields, staging.names_of_people.
-- Checked by: checks/field_changes_*.sql.
create table core.field_changes as
with

changes as (
    select
        changes.*,
        changes.field in ('assignee', 'reporter', 'assignees', 'review_request')
        or people.field_id is not null as names_people
    from staging.changes as changes
    left join staging.people_fields as people
        on changes.source = people.source and coalesce(changes.field_id, changes.field) = people.field_id
),

-- Where somebody may be named: of most changes nowhere, and to look up nothing costs nothing.
places as (
    select
        *,
        case when names_people or is_custom then from_id end as from_account,
        case when names_people or is_custom then from_text end as from_name,
        case when names_people or is_custom then to_id end as to_account,
        case when names_people or is_custom then to_text end as to_name,
        case when is_custom then core.listed_name(from_text, 1) end as first_from,
        case when is_custom then core.listed_name(from_text, -1) end as last_from,
        case when is_custom then core.listed_name(to_text, 1) end as first_to,
        case when is_custom then core.listed_name(to_text, -1) end as last_to
    from changes
),

-- People are known by their pseudonyms from here on. A field made by the users that holds none may
-- still name one, or list some; its values are compared with every name an account has been seen with.
masked as (
    select
        places.*,
        actors.actor_id,
        core.is_of_names(places.from_text, from_first.is_whole, from_last.is_whole) as is_from_named,
        core.is_of_names(places.to_text, to_first.is_whole, to_last.is_whole) as is_to_named,
        coalesce(from_ids.actor_id, from_texts.actor_id) as from_actor,
        coalesce(to_ids.actor_id, to_texts.actor_id) as to_actor
    from places
    left join aliases as actors
        on places.source = actors.source and places.account = actors.alias
    left join aliases as from_ids
        on places.source = from_ids.source and places.from_account = from_ids.alias
    left join aliases as from_texts
        on places.source = from_texts.source and places.from_name = from_texts.alias
    left join aliases as to_ids
        on places.source = to_ids.source and places.to_account = to_ids.alias
    left join aliases as to_texts
        on places.source = to_texts.source and places.to_name = to_texts.alias
    left join staging.names_of_people as from_first
        on places.source = from_first.source and places.first_from = from_first.name
    left join staging.names_of_people as from_last
        on places.source = from_last.source and places.last_from = from_last.name
    left join staging.names_of_people as to_first
        on places.source = to_first.source and places.first_to = to_first.name
    left join staging.names_of_people as to_last
        on places.source = to_last.source and places.last_to = to_last.name
)

select
    item_id,
    change_group,
    ordinal::integer as ordinal,
    (row_number() over life)::integer as sequence,
    field,
    field_id,
    is_member,
    core.masked_value(from_id, from_actor, names_people, is_custom) as from_id,
    core.masked_value(from_text, from_actor, names_people or is_from_named, is_custom) as from_text,
    core.masked_value(to_id, to_actor, names_people, is_custom) as to_id,
    core.masked_value(to_text, to_actor, names_people or is_to_named, is_custom) as to_text,
    actor_id,
    changed_at
from masked
where changed_at is not null and field is not null
window life as (
    partition by item_id order by changed_at, position, change_group, ordinal
)
order by item_id, sequence;

comment on table core.field_changes is 'Every change of every field of every work item. One row per item_id, change_group and ordinal.';
comment on column core.field_changes.item_id is 'The work item.';
comment on column core.field_changes.change_group is 'Id of the history or event; all changes of one group take effect together.';
comment on column core.field_changes.ordinal is 'Position in the group, from 0.';
comment on column core.field_changes.sequence is 'Position in the life of the item, from 1: by instant, then group, then ordinal.';
comment on column core.field_changes.field is 'Name of the field: for a field of the tracker itself its id in the REST interface, for a custom field its name.';
comment on column core.field_changes.field_id is 'Id of the field where it is known.';
comment on column core.field_changes.is_member is 'True where the change adds or removes one member of a set, false where it carries whole values.';
comment on column core.field_changes.from_id is 'Id of the value before, or the member removed; null where there was none. A person is a pseudonym.';
comment on column core.field_changes.from_text is 'Text of the value before, as it was called at the time.';
comment on column core.field_changes.to_id is 'Id of the value after, or the member added; null where there is none.';
comment on column core.field_changes.to_text is 'Text of the value after, as it was called at the time.';
comment on column core.field_changes.actor_id is 'Pseudonym of the actor; null where the tracker names none.';
comment on column core.field_changes.changed_at is 'Instant of the change, UTC.';
