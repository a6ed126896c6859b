-- Which handoffs are sent back, and what does the rework cost in days?
-- params: scope=organisation
-- Reads: main.handoff_rates.
-- in words: {from_stage} -> {to_stage}: {rejection_rate:%} of {attempts} sent back ({rejection_low:100} to {rejection_high:%}), {undecided} undecided; {rework_days} days of rework
-- on the demo: Roadmap Decision -> Ready for Dev: 35 % of 1,997 sent back (32 to 38 %), 16 undecided; 13,475 days of rework
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
