-- How long does work take from creation to done, for each team and type?
-- Reads: main.metric_summaries.
-- in words: {scope}: half of {items} items done within {half_done_within_days} days ({half_low} to {half_high}), 85 % within {most_done_within_days} ({most_low} to {most_high}); {open_items} still open
-- on the demo: item_type:Bug: half of 331 items done within 42.2 days (38.2 to 45.1), 85 % within 112 (76.0 to –); 15 still open
select
    median.scope,
    median.items,
    median.open_items,
    median.estimate as half_done_within_days,
    median.low as half_low,
    median.high as half_high,
    tail.estimate as most_done_within_days,
    tail.low as most_low,
    tail.high as most_high
from metric_summaries as median
left join metric_summaries as tail on median.scope = tail.scope and tail.metric = 'lead_time_days_p85'
where median.metric = 'lead_time_days_p50'
order by median.scope;
