-- Which steps of approval take long and find nothing?
-- params: scope=organisation
-- Reads: main.approval_steps.
select
    step,
    channel,
    requests,
    verdicts,
    no_finding_share,
    no_finding_low,
    p50_hours,
    p85_hours,
    solo_share
from approval_steps
where scope = $scope
order by no_finding_share desc nulls last, requests desc, step asc;
