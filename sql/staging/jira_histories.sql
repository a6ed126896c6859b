-- Every history of every Jira issue: what one actor changed in one click.
-- Grain: one row per item_id, history_id.
-- Reads: raw.records, through the same payload members as staging.jira_issues.
create view staging.jira_histories as
with

issues as (
    select
        source,
        'jira:' || source || ':' || key as item_id,
        coalesce(payload -> '$.changelog.histories', payload -> '$.changelog.values') as histories
    from raw.records
    where
        tracker = 'jira'
        and resource = 'issues'
        and superseded_run_id is null
),

histories as (
    select
        source,
        item_id,
        unnest(from_json(histories, '["JSON"]')) as history,
        generate_subscripts(from_json(histories, '["JSON"]'), 1) as position
    from issues
)

select
    item_id,
    history ->> '$.id' as history_id,
    source,
    coalesce(
        history ->> '$.author.accountId', history ->> '$.author.key', history ->> '$.author.name'
    ) as account,
    -- Some proxies deliver the list of changes as a text that holds it.
    case
        when json_type(history, '$.items') = 'VARCHAR' then try_cast(history ->> '$.items' as json)
        else history -> '$.items'
    end as items,
    position,
    staging.instant(history ->> '$.created') as changed_at
from histories
-- Pages that overlap repeat a history; only an equal one is the same.
qualify
    history_id is null
    or row_number() over (partition by item_id, history_id, history::varchar order by position) = 1;

comment on view staging.jira_histories is 'Every history of every Jira issue: what one actor changed in one click. One row per item_id and history_id.';
comment on column staging.jira_histories.item_id is 'The work item.';
comment on column staging.jira_histories.history_id is 'Id of the history.';
comment on column staging.jira_histories.source is 'Name of the source.';
comment on column staging.jira_histories.account is 'Account of the actor; null where the tracker names none.';
comment on column staging.jira_histories.items is 'The changes, as a JSON list.';
comment on column staging.jira_histories.position is 'Position in the payload, from 1.';
comment on column staging.jira_histories.changed_at is 'Instant of the change, UTC.';
