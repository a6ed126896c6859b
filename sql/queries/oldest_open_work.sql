-- Which open work is oldest, and where does it stand?
-- params: team=*, rows=20
-- Reads: main.work_items, main.visits.
select
    work_items.key,
    work_items.team,
    work_items.item_type,
    work_items.stage,
    work_items.age_days,
    visits.elapsed_hours / 24 as days_in_stage,
    work_items.title
from work_items
inner join visits on work_items.item_id = visits.item_id and visits.is_open
where not work_items.is_done and not work_items.is_dropped and $team in ('*', work_items.team)
order by work_items.age_days desc, work_items.item_id asc
limit $rows::bigint;
