-- The last visit of an item is in the stage that the work item shows, and has its kind.
-- Returns: the items of which that is not so.
select work_items.item_id as detail
from main.work_items as work_items
left join main.visits as visits on work_items.item_id = visits.item_id and visits.is_open
where
    visits.stage is distinct from work_items.stage
    or visits.stage_kind is distinct from work_items.stage_kind
    or work_items.is_done <> coalesce(work_items.stage_kind = 'done', false)
    or work_items.is_dropped <> coalesce(work_items.stage_kind = 'dropped', false)
