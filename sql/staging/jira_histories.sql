-- Every history of every Jira issue: what one actor changed in one click.
-- Grain: one row per item_id, history_id.
-- Reads: raw.records, through the same payload members as staging.jira_issues.
create view staging.jira_histories as
with

-- One reading of each payload for all that is asked of its histories.
issues as (
    select
        source,
        'jira:' || source || ':' || key as item_id,
        from_json(
            coalesce(payload -> '$.changelog.histories', payload -> '$.changelog.values'),
            '[{
                "id": "VARCHAR", "created": "VARCHAR", "items": "JSON",
                "author": {"accountId": "VARCHAR", "key": "VARCHAR", "name": "VARCHAR"}
            }]'
        ) as histories
    from raw.records
    where
        tracker = 'jira'
        and resource = 'issues'
        and superseded_run_id is null
),

-- Pages that overlap repeat a history; only an equal one is the same.
once as (
    select
        source,
        item_id,
        case
            when len(list_distinct(list_transform(histories, lambda one: one.id))) < len(histories) then
                list_filter(
                    histories,
                    lambda one, place: one.id is null
                    or list_position(list_transform(histories, lambda other: other::varchar), one::varchar) = place
                )
            else histories
        end as histories
    from issues
),

histories as (
    select
        source,
        item_id,
        unnest(histories) as history,
        generate_subscripts(histories, 1) as position
    from once
)

select
    item_id,
    history.id as history_id,
    source,
    coalesce(history.author."accountId", history.author.key, history.author.name) as account,
    -- Some proxies deliver the list of changes as a text that holds it.
    case
        when json_type(history."items") = 'VARCHAR' then try_cast(history."items" ->> '$' as json)
        else history."items"
    end as "items",
    position,
    staging.instant(history.created) as changed_at
from histories;

comment on view staging.jira_histories is 'Every history of every Jira issue: what one actor changed in one click. One row per item_id and history_id.';
comment on column staging.jira_histories.item_id is 'The work item.';
comment on column staging.jira_histories.history_id is 'Id of the history.';
comment on column staging.jira_histories.source is 'Name of the source.';
comment on column staging.jira_histories.account is 'Account of the actor; null where the tracker names none.';
comment on column staging.jira_histories.items is 'The changes, as a JSON list.';
comment on column staging.jira_histories.position is 'Position in the payload, from 1.';
comment on column staging.jira_histories.changed_at is 'Instant of the change, UTC.';
