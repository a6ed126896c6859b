-- Which handoffs are sent back, and what does the rework cost in days?
-- params: scope=organisation
-- Reads: main.handoff_rates.
select
    from_stage,
    to_stage,
    from_role,
    to_role,
    attempts,
    rejected,
    undecided,
    rejection_rate,
    rejection_low,
    rejection_high,
    rework_days,
    median_verdict_days
from handoff_rates
where scope = $scope
order by rework_days desc, from_stage asc, to_stage asc;
