-- Which open work has been handed over most often?
-- params: team=*, rows=20
-- Reads: main.work_items.
-- in words: {key} ({stage}): handed over {handoff_count} times in {age_days} days
select
    key,
    title,
    team,
    stage,
    handoff_count,
    age_days
from work_items
where handoff_count > 0 and not is_done and not is_dropped and $team in ('*', team)
order by handoff_count desc, age_days desc, item_id asc
limit $rows::bigint;
