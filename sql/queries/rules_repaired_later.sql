-- How many rules that failed at the handoff look fulfilled today, because somebody filled them in later?
-- params: team=*
-- Reads: main.readiness_checks, main.work_items, main.metric_summaries.
-- in words: {rule}: failed at {failed_at_handoff} handoffs, {look_fulfilled_today} of them look fulfilled today
-- on the demo: acceptance criteria: failed at 201 handoffs, 160 of them look fulfilled today
-- A team in which too few people act to be shown, which has no summary either, has no answer. Sub-tasks are left out.
select
    rule,
    count(*) filter (where outcome = 'fail') as failed_at_handoff,
    count(*) filter (where outcome = 'fail' and outcome_now = 'pass') as look_fulfilled_today,
    count(*) filter (where outcome = 'pass' and outcome_now = 'fail') as undone_since,
    median(epoch(passed_at - checked_at)) filter (where outcome = 'fail') / 86400 as median_days_to_repair
from readiness_checks
where
    is_in_force
    and item_id not in (select work_items.item_id from work_items where work_items.is_subtask)
    and $team in ('*', team)
    and ($team = '*' or 'team:' || $team in (select metric_summaries.scope from metric_summaries))
group by rule
order by look_fulfilled_today desc, rule asc;
