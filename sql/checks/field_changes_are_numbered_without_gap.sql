-- The changes of an item are numbered from 1 without a gap, in the order of their instants.
-- Returns: the changes that are not.
select item_id || ' change ' || sequence as detail
from core.field_changes
window life as (partition by item_id order by sequence)
qualify
    sequence <> row_number() over life
    or changed_at < lag(changed_at) over life
