-- A work item counts as many handoffs as it has.
-- Returns: the items of which that is not so.
with

counted as (
    select item_id, count(*) as handoffs
    from main.handoffs
    group by item_id
)

select work_items.item_id || ': ' || work_items.handoff_count as detail
from main.work_items as work_items
left join counted using (item_id)
where work_items.handoff_count <> coalesce(counted.handoffs, 0)
