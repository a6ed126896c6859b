-- Where do the days from request to done go, open work counted?
-- params: scope=organisation
-- Reads: main.latency_shares.
select
    component,
    cause_kind,
    days_per_item,
    low,
    high,
    share,
    latency_days,
    horizon_days
from latency_shares
where scope = $scope
order by days_per_item desc, component asc;
