-- Where do the days from request to done go, open work counted?
-- params: scope=organisation
-- Reads: main.latency_shares.
-- in words: {component}: {days_per_item} days per item ({low} to {high}), {share:%}; {items} items, {open_items} open
-- on the demo: decision_wait:Roadmap Decision: 6.2 days per item (5.7 to 6.6), 22 %; 2,613 items, 133 open
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
