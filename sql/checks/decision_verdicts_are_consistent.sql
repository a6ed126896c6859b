-- A decided request has a verdict, an open one no end; what took a verdict back, or proved it, came after it.
-- Returns: the requests of which that is not so.
select decision_id as detail
from main.decisions
where
    is_open <> (outcome = 'open')
    or is_open <> (ended_at is null)
    or decided_at is distinct from case when outcome = 'decided' then ended_at end
    or (decided_by_role is not null and outcome <> 'decided')
    or (reversed_at is not null) <> coalesce(is_reversed, false)
    or (is_reversed is not null and outcome <> 'decided')
    or (reversed_at is not null and not coalesce(reversed_at >= decided_at, false))
    or (stable_at is not null and not coalesce(stable_at >= decided_at, false))
    -- What was not taken back is the first verdict that holds.
    or (not is_reversed and stable_at is distinct from decided_at)
