-- How did a metric move, week by week of entry?
-- params: metric=rejection_rate, scope=organisation, rows=52
-- Reads: main.weekly_metrics.
-- in words: {week_on}: {estimate:%} ({low:100} to {high:%}), {items} entered, {open_items} open
-- on the demo: 2025-07-07: 43 % (26 to 63 %), 23 entered, 0 open
-- The last so many weeks. A week that could not be followed to its end yet has no estimate: no dip, no rise.
select
    week_on,
    estimate,
    low,
    high,
    items,
    open_items,
    is_mature,
    horizon_days
from weekly_metrics
where metric = $metric and scope = $scope
qualify row_number() over (order by week_on desc) <= $rows::bigint
order by week_on asc;
