-- How much of its time is work worked on, at least and at most?
-- Reads: main.flow_efficiency.
-- in words: {scope}: {at_least:%} at least, {at_most:%} at most ({at_most_low:100} to {at_most_high:%}), {items} items, {open_items} open
-- on the demo: organisation: 0.4 % at least, 34 % at most (33 to 34 %), 2,613 items, 133 open
-- A bracket, since no single number is true: at least the sessions that left a trace, at most all time in active stages.
select
    scope,
    efficiency_low as at_least,
    efficiency_low_low as at_least_low,
    efficiency_low_high as at_least_high,
    efficiency_high as at_most,
    efficiency_high_low as at_most_low,
    efficiency_high_high as at_most_high,
    touch_low_hours,
    touch_high_hours,
    elapsed_hours as business_hours_per_item,
    items,
    open_items,
    horizon_hours as horizon_business_hours
from flow_efficiency
where scope not like 'release:%'
order by scope = 'organisation' desc, scope asc;
