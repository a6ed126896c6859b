-- Which open decisions have waited longest, and whose turn is it?
-- params: team=*, rows=20
-- Reads: main.decisions, main.work_items.
select
    work_items.key,
    decisions.team,
    decisions.decision_right,
    decisions.channel,
    decisions.asked_role,
    decisions.requested_at,
    decisions.elapsed_hours / 24 as days_so_far,
    work_items.title
from decisions
inner join work_items using (item_id)
where decisions.is_open and $team in ('*', decisions.team)
order by decisions.elapsed_hours desc, decisions.decision_id asc
limit $rows::bigint;
