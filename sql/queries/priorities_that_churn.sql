-- How often do priorities change after work was committed, and how often back again?
-- Reads: main.priority_churn.
-- in words: {scope}: {changes_per_100_item_weeks} changes a hundred items and weeks ({changes_low} to {changes_high}), {reversal_share:%} of {changes} back again
-- on the demo: organisation: 7.5 changes a hundred items and weeks (6.3 to 8.9), 48 % of 233 back again
-- Per 100 items and week at risk: teams with more work are not made to look restless. Below ten changes no shares.
select
    scope,
    changes,
    changes_per_100_item_weeks,
    changes_low,
    changes_high,
    reversal_share,
    mid_build_share,
    items,
    item_weeks,
    verdict
from priority_churn
where scope not like 'release:%'
order by scope = 'organisation' desc, changes_per_100_item_weeks desc nulls last, scope asc;
