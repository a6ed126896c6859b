-- The hours of the visits of an item add up to the time from its first instant to the snapshot.
-- Returns: the items of which they do not, to a hundredth of a second.
select visits.item_id || ': ' || sum(visits.elapsed_hours) as detail
from main.visits as visits
inner join main.work_items as work_items using (item_id)
group by visits.item_id, work_items.observed_until
having
    abs(sum(visits.elapsed_hours) - epoch_us(work_items.observed_until) / 3.6e9 + epoch_us(min(visits.entered_at)) / 3.6e9)
    > 0.01 / 3600
