-- The value of every field of every Jira issue as its payload shows it now.
-- Grain: one row per item_id, field, position; an empty field has one row of nulls.
-- Reads: raw.records, staging.jira_fields, staging.jira_told_values.
create view staging.jira_values as
with

issues as (
    select
        source,
        'jira:' || source || ':' || key as item_id,
        payload ->> '$.key' as issue_key,
        payload -> '$.fields' as fields
    from raw.records
    where
        tracker = 'jira'
        and resource = 'issues'
        and superseded_run_id is null
),

-- Only members the payload carries: what was not asked for is unknown, not empty.
members as (
    select
        source,
        item_id,
        unnest(json_keys(fields)) as field_id,
        fields
    from issues
),

-- The value alone goes on: to keep the payload beside each of its members takes all the memory there is.
valued as (
    select
        source,
        item_id,
        field_id,
        json_extract(fields, '$."' || field_id || '"') as value
    from members
    where
        starts_with(field_id, 'customfield_')
        or field_id in (
            'status', 'resolution', 'priority', 'issuetype', 'project', 'parent', 'summary', 'description',
            'environment', 'duedate', 'assignee', 'reporter', 'security', 'timeoriginalestimate',
            'timeestimate', 'timespent', 'labels', 'fixVersions', 'versions', 'components', 'issuelinks',
            'attachment'
        )
),

-- Whose histories call fields by name alone does not tell which of them a nameless value is of: it may have changed.
unidentified as (
    select distinct source from staging.jira_told_values
    where is_custom and field_id is null
),

carried as (
    select
        valued.source,
        valued.item_id,
        valued.field_id,
        case
            -- One whose name nobody told goes by its id.
            when starts_with(valued.field_id, 'customfield_') then
                coalesce(fields.field_name, case when unidentified.source is null then valued.field_id end)
                || case when namesakes.spelling is not null then ' (custom)' else '' end
            else valued.field_id
        end as field,
        valued.value
    from valued
    left join staging.jira_fields as fields using (source, field_id)
    left join unidentified using (source)
    left join staging.jira_field_names as namesakes on namesakes.spelling = lower(fields.field_name)
),

named as (
    select
        source,
        item_id,
        field,
        field_id,
        case
            when json_type(value) = 'ARRAY' then
                -- An empty list is a field without a value.
                case when json_array_length(value) > 0 then from_json(value, '["JSON"]') else [null::json] end
            -- A choice in two steps is two values.
            when json_type(value, '$.child') = 'OBJECT' then [value, value -> '$.child']
            else [value]
        end as members
    from carried
    where field is not null

    union all

    select
        source,
        item_id,
        'key' as field,
        'key' as field_id,
        [to_json(issue_key)] as members
    from issues
),

single as (
    select
        source,
        item_id,
        field,
        field_id,
        unnest(members) as value,
        generate_subscripts(members, 1) as position
    from named
)

select
    item_id,
    field,
    position,
    source,
    field_id,
    case json_type(value)
        when 'OBJECT' then
            -- A link is told by what it says: an issue may have several to another one.
            case when field <> 'issuelinks' then coalesce(
                value ->> '$.id', value ->> '$.accountId', value ->> '$.key', value ->> '$.name', value ->> '$.value'
            ) end
        else case when field = 'Sprint' then staging.jira_sprint(value).id end
    end as value_id,
    case json_type(value)
        when 'NULL' then null
        when 'OBJECT' then
            case
                when field = 'issuelinks' and value ->> '$.outwardIssue.key' is not null then
                    'This issue ' || (value ->> '$.type.outward') || ' ' || (value ->> '$.outwardIssue.key')
                when field = 'issuelinks' then
                    'This issue ' || (value ->> '$.type.inward') || ' ' || (value ->> '$.inwardIssue.key')
                when field = 'attachment' then value ->> '$.filename'
                when field = 'parent' then value ->> '$.key'
                when value ->> '$.type' = 'doc' then staging.jira_document(value)
                else coalesce(value ->> '$.name', value ->> '$.value', value ->> '$.displayName', value::varchar)
            end
        else coalesce(case when field = 'Sprint' then staging.jira_sprint(value).name end, nullif(value ->> '$', ''))
    end as value_text,
    case
        when
            field in ('assignee', 'reporter')
            or value ->> '$.accountId' is not null
            -- A Data Center shows people by key and name; a project has these too.
            or value ->> '$.displayName' is not null
            then
            coalesce(value ->> '$.accountId', value ->> '$.key', value ->> '$.name')
    end as account,
    starts_with(field_id, 'customfield_') as is_custom
from single;

comment on view staging.jira_values is 'The value of every field of every Jira issue now. One row per item_id, field and position; an empty field has one row of nulls.';
comment on column staging.jira_values.item_id is 'The work item.';
comment on column staging.jira_values.field is 'Name of the field, as in staging.jira_changes.';
comment on column staging.jira_values.position is 'Position in a list of values, from 1.';
comment on column staging.jira_values.source is 'Name of the source.';
comment on column staging.jira_values.field_id is 'Id of the field.';
comment on column staging.jira_values.value_id is 'Id of the value where it has one.';
comment on column staging.jira_values.value_text is 'Text of the value.';
comment on column staging.jira_values.account is 'The account, where the value is a person.';
comment on column staging.jira_values.is_custom is 'True for a field made by the users.';
