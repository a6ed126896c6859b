-- How long do decisions take, in business hours, and how many do not hold?
-- params: scope=organisation
-- Reads: main.decision_times.
-- in words: {decision_right}: half of {decisions} within {half_within_business_hours} business hours, {open_decisions} open; {reversal_share:%} did not hold ({reversal_low:100} to {reversal_high:%})
-- on the demo: Roadmap Decision: half of 2,099 within 36.1 business hours, 18 open; 40 % did not hold (36 to 43 %)
-- The declared normal and the time to a verdict that holds are calendar time.
select
    decision_right,
    channel,
    decisions,
    open_decisions,
    withdrawn,
    p50_hours as half_within_business_hours,
    p85_hours as most_within_business_hours,
    mean_hours as mean_business_hours,
    mean_low,
    mean_high,
    horizon_hours as horizon_business_hours,
    normal_days,
    overdue_share,
    stable_p50_hours / 24 as half_stable_within_days,
    reversal_share,
    reversal_low,
    reversal_high
from decision_times
where scope = $scope
order by decisions desc, decision_right asc, channel asc;
