-- Which steps of approval take long and find nothing?
-- params: scope=organisation
-- Reads: main.approval_steps.
-- in words: {step}: {no_finding_share:%} of {verdicts} verdicts found nothing ({no_finding_low:100} to {no_finding_high:%}); {mean_business_hours} business hours on average ({mean_low} to {mean_high}), {open_requests} still open
-- on the demo: anyone: 100 % of 60 verdicts found nothing (94 to 100 %); 2.9 business hours on average (2.7 to 3.1), 15 still open
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
