-- A handoff is ready exactly if no rule failed at it and at least one could be evaluated.
-- Returns: the handoffs of which that is not so.
with

judged as (
    select
        handoff_id,
        case when bool_or(outcome <> 'not_evaluable') then not bool_or(outcome = 'fail') end as is_ready
    from main.readiness_checks
    group by handoff_id
)

select coalesce(judged.handoff_id, handoffs.handoff_id) as detail
from main.handoffs as handoffs
full join judged using (handoff_id)
where
    handoffs.handoff_id is null
    or handoffs.is_ready is distinct from judged.is_ready
