-- In which stages does work spend its time?
-- params: scope=organisation
-- Reads: main.stage_durations.
-- in words: {stage}: {share_of_days:%} of all days, half of {visits} stays within {p50_days} days; {open_visits} still there
-- on the demo: Roadmap Decision: 21 % of all days, half of 2,099 stays within 6.8 days; 18 still there
select
    stage,
    stage_kind,
    owner_role,
    visits,
    open_visits,
    repeat_visits,
    total_days,
    total_days / nullif(sum(total_days) over (), 0) as share_of_days,
    p50_days,
    p85_days
from stage_durations
where scope = $scope
order by total_days desc, stage asc;
