-- Which steps of approval take long and find nothing?
-- params: scope=organisation
-- Reads: main.approval_steps.
-- By the least share without a finding that is still likely: few silent verdicts prove little.
select
    step,
    channel,
    requests,
    verdicts,
    open_requests,
    no_finding_share,
    no_finding_low,
    no_finding_high,
    p50_hours as half_within_business_hours,
    p85_hours as most_within_business_hours,
    mean_hours as mean_business_hours,
    mean_low,
    mean_high,
    solo_share
from approval_steps
where scope = $scope
order by no_finding_low desc nulls last, mean_hours desc nulls last, channel asc, step asc;
