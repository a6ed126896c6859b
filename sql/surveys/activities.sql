-- A comment of each source of which any came.
-- Reads: core.activities, core.items.
select activities.*
from core.activities as activities
inner join core.items as items using (item_id)
where activities.kind = 'comment'
qualify row_number() over (partition by items.source order by activities.item_id, activities.activity_id) = 1
order by activities.item_id
