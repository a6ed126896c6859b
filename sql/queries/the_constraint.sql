-- Which cause costs most days beyond what is normal, and how sure is that?
-- params: scope=organisation
-- Reads: main.constraints.
-- in words: {cause}: {excess_days} days per item beyond normal ({excess_low} to {excess_high}), first in {probability_first:%} of draws; verdict: {verdict}
-- on the demo: decision_wait:Roadmap Decision: 5.7 days per item beyond normal (5.2 to 6.1), first in 100 % of draws; verdict: constraint
select
    rank,
    cause,
    days_per_item,
    benchmark_days,
    benchmark_source,
    excess_days,
    excess_low,
    excess_high,
    share,
    probability_first,
    first_under_other_normals,
    queue_trend,
    verdict
from constraints
where scope = $scope
order by rank asc nulls last, days_per_item desc, cause asc;
