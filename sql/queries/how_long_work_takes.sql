-- How long does work take from creation to done, for each team and type?
-- Reads: main.metric_summaries.
select
    median.scope,
    median.items,
    median.open_items,
    median.estimate as half_done_within_days,
    tail.estimate as most_done_within_days
from metric_summaries as median
left join metric_summaries as tail on median.scope = tail.scope and tail.metric = 'lead_time_days_p85'
where median.metric = 'lead_time_days_p50'
order by median.scope;
