-- How many histories every tracker says its items have, and how many came: what core.sources adds up.
-- Grain: one row per item_id.
-- Reads: staging.jira_issues, staging.github_arrivals; staging.items would have every status computed for it.
create view staging.history_counts as
with

history_counts as (
    select item_id, source, histories_announced, histories_received from staging.jira_issues
    union all by name
    select item_id, source, histories_announced, histories_received from staging.github_arrivals
)

select
    item_id,
    source,
    -- Where the tracker does not say how many there are, what came is all that is known.
    greatest(histories_announced, histories_received) as histories_announced,
    histories_received
from history_counts;

comment on view staging.history_counts is 'How many histories every tracker says its items have, and how many came. One row per item_id.';
comment on column staging.history_counts.item_id is 'The work item.';
comment on column staging.history_counts.source is 'Name of the source.';
comment on column staging.history_counts.histories_announced is 'Histories the tracker says there are, else those that arrived; null where neither is known.';
comment on column staging.history_counts.histories_received is 'Histories that arrived; null where the tracker does not say how many there are.';
