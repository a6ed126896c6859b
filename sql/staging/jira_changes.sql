-- Every single field change in every history of every Jira issue, under one name per field.
-- Grain: one row per item_id, change_group, ordinal.
-- Reads: staging.jira_histories, staging.jira_fields, staging.jira_field_names.
create view staging.jira_changes as
with

histories as (
    select * from staging.jira_histories
),

listed as (
    select
        source,
        item_id,
        history_id,
        account,
        changed_at,
        from_json(
            "items",
            '[{
                "field": "VARCHAR", "fieldId": "VARCHAR", "fieldtype": "VARCHAR",
                "from": "VARCHAR", "fromString": "VARCHAR", "to": "VARCHAR", "toString": "VARCHAR"
            }]'
        ) as changes
    from histories
),

changes as (
    select
        * exclude (changes),
        unnest(changes) as change,
        generate_subscripts(changes, 1) - 1 as ordinal
    from listed
),

-- Older histories give no id of a custom field; its name tells it if no other field has that name.
called as (
    select source, field_name, min(field_id) as field_id
    from staging.jira_fields
    group by source, field_name
    having count(*) = 1
),

spelt as (
    select
        *,
        change.field as spelling,
        change."fieldId" as field_id,
        coalesce(change.fieldtype, 'jira') = 'custom' as is_custom
    from changes
)

select
    ---------- ids
    spelt.item_id,
    spelt.history_id as change_group,
    spelt.ordinal,
    spelt.source,
    spelt.account,

    ---------- facts
    -- A field made by the users may be called as one of Jira's own; it stays another field.
    coalesce(names.field, fields.field_name, spelt.spelling)
    || case when namesakes.spelling is not null then ' (custom)' else '' end as field,
    coalesce(spelt.field_id, names.field, called.field_id) as field_id,
    coalesce(names.is_member, false) as is_member,
    spelt.is_custom,
    -- A link has no id: of several to one issue each is a link of its own, and the key does not tell them apart.
    case
        when names.field = 'issuelinks' and spelt.change."fromString" <> '' then null
        else nullif(staging.jira_cascade(spelt.change."from", 'id'), '')
    end as from_id,
    nullif(staging.jira_cascade(spelt.change."fromString", 'text'), '') as from_text,
    case
        when names.field = 'issuelinks' and spelt.change."toString" <> '' then null
        else nullif(staging.jira_cascade(spelt.change."to", 'id'), '')
    end as to_id,
    nullif(staging.jira_cascade(spelt.change."toString", 'text'), '') as to_text,

    ---------- timestamps
    spelt.changed_at,
    -- Ids of histories are given in order: they tell which of two at one instant came first.
    try_cast(spelt.history_id as bigint) as position
from spelt
left join staging.jira_field_names as names
    on not spelt.is_custom and names.spelling = lower(spelt.spelling)
left join staging.jira_fields as fields
    on spelt.source = fields.source and spelt.field_id = fields.field_id
left join staging.jira_field_names as namesakes
    on spelt.is_custom and namesakes.spelling = lower(coalesce(fields.field_name, spelt.spelling))
left join called
    on spelt.is_custom and spelt.source = called.source and spelt.spelling = called.field_name;

comment on view staging.jira_changes is 'Every single field change of every Jira issue, under one name per field. One row per item_id, change_group and ordinal.';
comment on column staging.jira_changes.item_id is 'The work item.';
comment on column staging.jira_changes.change_group is 'Id of the history; all changes of one history take effect together.';
comment on column staging.jira_changes.ordinal is 'Position in the history, from 0.';
comment on column staging.jira_changes.source is 'Name of the source.';
comment on column staging.jira_changes.account is 'Account of the actor; null where the tracker names none.';
comment on column staging.jira_changes.field is 'Name of the field: for a field of Jira itself its id, for a custom field its name now or, unknown, at the time.';
comment on column staging.jira_changes.field_id is 'Id of the field where it is known.';
comment on column staging.jira_changes.is_member is 'True where the change adds or removes one member of a set, false where it carries whole values.';
comment on column staging.jira_changes.is_custom is 'True for a field made by the users.';
comment on column staging.jira_changes.from_id is 'Id of the value before; null where there was none.';
comment on column staging.jira_changes.from_text is 'Text of the value before, as it was called at the time.';
comment on column staging.jira_changes.to_id is 'Id of the value after; null where there is none.';
comment on column staging.jira_changes.to_text is 'Text of the value after, as it was called at the time.';
comment on column staging.jira_changes.changed_at is 'Instant of the change, UTC.';
comment on column staging.jira_changes.position is 'Order among the changes of one instant.';
