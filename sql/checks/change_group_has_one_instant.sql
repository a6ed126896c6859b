-- All changes of one group happen at one instant.
-- Returns: the groups of which that is not so.
select item_id || ' group ' || change_group as detail
from core.field_changes
group by item_id, change_group
having min(changed_at) <> max(changed_at)
