-- Every entry of every history that arrived is one row of core.field_changes.
-- Returns: the histories for which it is not.
-- Nearly all issues have as many entries of each history as rows, which a sum over the hashes of
-- histories tells in a quarter of the time; where it may not be so, histories are looked at one by one.
with

sums as (
    select
        item_id,
        sum((hash(change_group) >> 12)::hugeint) as "sum"
    from core.field_changes
    group by item_id
),

issues as (
    select
        'jira:' || source || ':' || key as item_id,
        json_array_length(payload, '$.changelog.histories') as histories,
        payload ->> '$.changelog.histories[*].id' as ids,
        json_array_length(payload, '$.changelog.histories[*].items') as entries
    from raw.records
    where tracker = 'jira' and resource = 'issues' and superseded_run_id is null
),

doubtful as (
    select issues.item_id
    from issues
    left join sums on issues.item_id = sums.item_id
    where
        not coalesce(
            issues.histories = 0 and sums."sum" is null
            or issues.histories = len(issues.entries)
            and issues.histories = len(list_distinct(issues.ids))
            and list_min(issues.entries) > 0
            and list_sum(
                list_transform(
                    list_zip(issues.ids, issues.entries), lambda one: (hash(one[1]) >> 12)::hugeint * one[2]
                )
            ) = sums."sum",
            false
        )
),

stored as (
    select item_id, change_group, count(*) as changes
    from core.field_changes
    where item_id in (select doubtful.item_id from doubtful)
    group by item_id, change_group
),

arrived as (
    select
        item_id,
        history_id,
        coalesce(json_array_length(items), 0) as entries,
        coalesce(json_type(items), 'NULL') <> 'ARRAY' as is_unreadable,
        sum(1) over same as copies
    from staging.jira_histories
    where item_id in (select doubtful.item_id from doubtful)
    window same as (partition by item_id, history_id)
)

select
    arrived.item_id || ' history ' || coalesce(arrived.history_id, '(no id)') || ': '
    || case when arrived.is_unreadable then 'its entries cannot be read' else arrived.entries || ' entries' end
    || ', ' || coalesce(stored.changes, 0) || ' stored' as detail
from arrived
left join stored on arrived.item_id = stored.item_id and arrived.history_id = stored.change_group
where arrived.entries <> coalesce(stored.changes, 0) or arrived.copies > 1 or arrived.is_unreadable
