-- Every fact is about a work item of this snapshot, and bears its team.
-- Returns: the items of which that is not so, with the table that is wrong.
with

facts as (
    select 'visits' as fact, item_id, team from main.visits
    union
    select 'handoffs' as fact, item_id, team from main.handoffs
    union
    select 'readiness_checks' as fact, item_id, team from main.readiness_checks
    union
    select 'decisions' as fact, item_id, team from main.decisions
    union
    select 'decision_changes' as fact, item_id, team from main.decision_changes
    union
    select 'approval_requests' as fact, item_id, team from main.approval_requests
    union
    select 'approvals' as fact, item_id, team from main.approvals
    union
    select 'intake' as fact, item_id, team from main.intake
    union
    select 'latency_components' as fact, item_id, team from main.latency_components
    union
    select 'aging_work' as fact, item_id, team from main.aging_work
)

select facts.fact || ': ' || facts.item_id as detail
from facts
left join main.work_items as work_items using (item_id)
where facts.team is distinct from work_items.team
