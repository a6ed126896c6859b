-- Every entry of every history that arrived is one row of core.field_changes.
-- Returns: the histories for which it is not.
with

stored as (
    select item_id, change_group, count(*) as changes
    from core.field_changes
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
    window same as (partition by item_id, history_id)
)

select
    arrived.item_id || ' history ' || coalesce(arrived.history_id, '(no id)') || ': '
    || case when arrived.is_unreadable then 'its entries cannot be read' else arrived.entries || ' entries' end
    || ', ' || coalesce(stored.changes, 0) || ' stored' as detail
from arrived
left join stored on arrived.item_id = stored.item_id and arrived.history_id = stored.change_group
where arrived.entries <> coalesce(stored.changes, 0) or arrived.copies > 1 or arrived.is_unreadable
