-- How long do decisions take, in business hours, and how many do not hold?
-- params: scope=organisation
-- Reads: main.decision_times.
select
    decision_right,
    channel,
    decisions,
    open_decisions,
    p50_hours,
    p85_hours,
    normal_days,
    overdue_share,
    stable_p50_hours / 24 as stable_p50_days,
    reversal_share
from decision_times
where scope = $scope
order by decisions desc, decision_right asc, channel asc;
