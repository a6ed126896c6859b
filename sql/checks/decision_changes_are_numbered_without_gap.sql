-- The changes of governed fields of an item are numbered from 1 without a gap, in the order of their instants.
-- Returns: the changes that are not.
select item_id || ' change ' || change_number as detail
from main.decision_changes
window life as (partition by item_id order by change_number)
qualify
    change_number <> row_number() over life
    or changed_at < lag(changed_at) over life
