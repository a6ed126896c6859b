-- How much work is in each stage now, and how long has it been there?
-- params: team=*
-- Reads: main.visits, main.work_items, main.metric_summaries.
-- in words: {stage}: {items} items, half of them for more than {median_days_so_far} days
-- on the demo: Idea: 25 items, half of them for more than 4.8 days
-- A team in which too few people act to be shown, which has no summary either, has no answer. Sub-tasks are left out.
select
    stage,
    any_value(stage_kind) as stage_kind,
    any_value(owner_role) as owner_role,
    count(*) as items,
    median(elapsed_hours) / 24 as median_days_so_far,
    max(elapsed_hours) / 24 as longest_days_so_far
from visits
where is_open and coalesce(stage_kind, '') not in ('done', 'dropped') and $team in ('*', team)
    and item_id not in (select work_items.item_id from work_items where work_items.is_subtask)
    and ($team = '*' or 'team:' || $team in (select metric_summaries.scope from metric_summaries))
group by stage
order by items desc, stage asc;
