-- In which stages does work spend its time?
-- params: scope=organisation
-- Reads: main.stage_durations.
-- in words: {stage}: {share_of_days:%} of all days, {mean_days} days a stay ({mean_low} to {mean_high}), {visits} stays, {open_visits} of them open
-- on the demo: Roadmap Decision: 21 % of all days, 7.2 days a stay (6.6 to 7.8), 2,099 stays, 18 of them open
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
    p85_days,
    mean_days,
    mean_low,
    mean_high
from stage_durations
where scope = $scope
order by total_days desc, stage asc;
