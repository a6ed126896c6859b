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
    share_low,
    share_high,
    latency_days,
    items,
    open_items,
    horizon_days
from latency_shares
where scope = $scope
order by days_per_item desc, component asc;
