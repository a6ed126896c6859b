-- Every item that existed at its snapshot is a work item, and no other is.
-- Returns: the items on one side only.
select coalesce(items.item_id, work_items.item_id) as detail
from (from core.items where created_at <= observed_until) as items
full join main.work_items as work_items using (item_id)
where items.item_id is null or work_items.item_id is null
