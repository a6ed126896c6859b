-- The components of the latency of an item add up to the time its clock ran, to the microsecond.
-- Returns: the items of which they do not, or whose days are not their microseconds.
with

sums as (
    select
        item_id,
        sum(microseconds) as microseconds,
        bool_or(abs(days * 86400e6 - microseconds) > 0.5) as is_another_length
    from main.latency_components
    group by item_id
)

select coalesce(work_items.item_id, sums.item_id) || ': ' || coalesce(sums.microseconds, 0) as detail
from main.work_items as work_items
full join sums using (item_id)
where
    coalesce(sums.microseconds, 0)
    <> coalesce(epoch_us(work_items.clock_ended_at) - epoch_us(work_items.clock_started_at), 0)
    or sums.is_another_length
