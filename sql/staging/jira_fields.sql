-- The fields a Jira knows, by id; of one that came without its list of fields those that its issues tell by id and name.
-- Grain: one row per source, field_id.
-- Reads: raw.records, raw.syncs, staging.jira_histories.
-- A table: of a view the engine does not see how few they are, and joins all else to them.
create table staging.jira_fields as
with

described as (
    select
        source,
        payload ->> '$.id' as field_id,
        payload ->> '$.name' as field_name,
        payload ->> '$.schema.type' as field_type,
        payload ->> '$.schema.items' as item_type
    from raw.records
    where
        tracker = 'jira'
        and resource = 'fields'
        and superseded_run_id is null
),

undescribed as (
    select source from raw.syncs
    where tracker = 'jira'
    except
    select source from described
),

-- With nothing undescribed no payload is read.
changes as (
    select
        histories.source,
        histories.changed_at,
        histories.history_id,
        unnest(from_json(histories."items", '[{"field": "VARCHAR", "fieldId": "VARCHAR"}]')) as change
    from staging.jira_histories as histories
    where histories.source in (select source from undescribed)
),

told as (
    select
        source,
        change."fieldId" as field_id,
        -- What it was called last.
        arg_max(change.field, (changed_at, history_id, change.field)) as field_name
    from changes
    where starts_with(change."fieldId", 'customfield_') and change.field is not null
    group by source, field_id
)

select * from described
union all by name
select * from told;

comment on table staging.jira_fields is 'The fields a Jira knows, by id; of one that came without its list of fields those that its issues tell by id and name. One row per source and field_id.';
comment on column staging.jira_fields.source is 'Name of the source.';
comment on column staging.jira_fields.field_id is 'Id of the field: customfield_<number> for a field made by the users.';
comment on column staging.jira_fields.field_name is 'Name of the field now, or as a history called it last.';
comment on column staging.jira_fields.field_type is 'Type of its values, as in user or array; null where unknown.';
comment on column staging.jira_fields.item_type is 'Type of the members of an array; null where it is none or unknown.';
