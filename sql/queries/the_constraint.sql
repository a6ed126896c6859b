-- Which cause costs most days beyond what is normal, and how sure is that?
-- params: scope=organisation
-- Reads: main.constraints.
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
