-- Aging work is every open item, in the stage and since the instant of its open visit.
-- Returns: the items on one side only, in another stage or of another age, or overdue against their own figures.
with

open_work as (
    select visits.item_id, visits.stage, visits.entered_at, visits.elapsed_hours / 24 as age_days
    from main.visits as visits
    inner join main.work_items as work_items using (item_id)
    where visits.is_open and not work_items.is_done and not work_items.is_dropped
)

select coalesce(open_work.item_id, aging_work.item_id) as detail
from open_work
full join main.aging_work as aging_work using (item_id)
where
    open_work.stage is distinct from aging_work.stage
    or open_work.entered_at is distinct from aging_work.entered_at
    or abs(open_work.age_days - aging_work.age_days) > 1e-6
    or aging_work.is_overdue is distinct from (aging_work.age_days > aging_work.p85_days)
