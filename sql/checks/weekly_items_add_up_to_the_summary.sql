-- The subjects of all weeks of a metric are the subjects of its summary.
-- Returns: the metrics and scopes of which they are not.
select metric || ' in ' || scope as detail
from main.metric_summaries as summaries
inner join main.weekly_metrics as weeks using (metric, scope)
group by metric, scope, summaries.items
having sum(weeks.items) <> summaries.items
