-- A decided handoff has an instant not before the handoff, an undecided one has none; rework belongs to rejections.
-- Returns: the handoffs of which that is not so.
select handoff_id as detail
from main.handoffs
where
    (verdict = 'undecided') <> (verdict_at is null)
    or verdict_at < handed_at
    or (verdict = 'rejected') <> (rework_hours is not null)
    or (late_return_at is not null and (verdict <> 'accepted' or late_return_at < verdict_at))
    or from_role = to_role
