-- Which open work is in its stage longer than 85 % of such stays last?
-- params: team=*, rows=20
-- Reads: main.aging_work, main.work_items.
select
    work_items.key,
    aging_work.team,
    aging_work.stage,
    aging_work.age_days,
    aging_work.p85_days,
    aging_work.expected_remaining_days,
    work_items.title
from aging_work
inner join work_items using (item_id)
where aging_work.is_overdue and $team in ('*', aging_work.team)
order by aging_work.age_days / aging_work.p85_days desc, aging_work.item_id asc
limit $rows::bigint;
