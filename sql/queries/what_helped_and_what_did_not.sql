-- Which changes helped by the metric declared for them, did it last, and how many in a row did not help?
-- Reads: main.recurrences.
-- in words: {intervention}: {verdict} by {metric}; {failures_in_a_row} in a row did not help
-- on the demo: Leadership off-site: not_shown by rejection_rate; 0 in a row did not help
select
    effective_on,
    intervention,
    intervention_kind,
    metric,
    verdict,
    relapsed_on,
    failures_in_a_row
from recurrences
order by effective_on, intervention;
