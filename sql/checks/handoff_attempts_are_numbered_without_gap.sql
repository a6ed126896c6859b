-- The attempts of an item on one pair of stages are numbered from 1 without a gap.
-- Returns: the attempts that are not.
select handoff_id as detail
from main.handoffs
window edge as (partition by item_id, from_stage, to_stage order by handed_at, attempt)
qualify attempt <> row_number() over edge
