-- An open request for an approval has no end and any other has one not before it; only a verdict finds anything.
-- Returns: the requests of which that is not so.
select item_id || ' request ' || request_number as detail
from main.approval_requests
window life as (partition by item_id order by request_number)
qualify
    request_number <> row_number() over life
    or requested_at < lag(requested_at) over life
    or (verdict = 'open') <> (ended_at is null)
    or ended_at < requested_at
    or (has_finding is not null and verdict not in ('approved', 'changes_requested'))
    or (verdict = 'changes_requested' and not coalesce(has_finding, false))
    or business_hours > elapsed_hours + 1e-6
