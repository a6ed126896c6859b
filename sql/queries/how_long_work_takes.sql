-- How long does work take from creation to done, for each team and type?
-- Reads: main.metric_summaries.
-- in words: {scope}: half of {items} items done within {half_done_within_days} days ({half_low} to {half_high}), 85 % within {most_done_within_days} ({most_low} to {most_high}); {open_items} still open
-- on the demo: organisation: half of 2,613 items done within 36.0 days (34.8 to 37.2), 85 % within 124 (104 to –); 133 still open
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
where median.metric = 'lead_time_days_p50' and median.scope not like 'release:%'
order by median.scope = 'organisation' desc, median.scope asc;
