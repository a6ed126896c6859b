-- Into which stages does more work come than leaves them?
-- Reads: main.stage_flow.
-- in words: {stage}: {arrivals} came, {departures} left; in balance: {is_in_balance}
-- on the demo: open: 55 came, 54 left; in balance: yes
-- Over the whole window. Where a stage is not in balance, averages of it describe no steady state.
select
    stage,
    stage_kind,
    arrivals,
    departures,
    arrivals - departures as still_there,
    departure_ratio,
    is_stationary as is_in_balance,
    mean_work_in_progress,
    arrivals_per_week,
    mean_residence_days,
    window_from,
    window_to
from stage_flow
order by departure_ratio asc nulls last, stage asc;
