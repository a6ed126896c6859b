-- Which items were sent back most often?
-- params: team=*, rows=20
-- Reads: main.handoffs, main.work_items.
-- in words: {key}: sent back {rejections} times, {rework_days} days of rework
-- on the demo: OPS-363: sent back 6 times, 403 days of rework
select
    work_items.key,
    work_items.team,
    count(*) as rejections,
    sum(handoffs.rework_hours) / 24 as rework_days,
    work_items.stage,
    work_items.title
from handoffs
inner join work_items on handoffs.item_id = work_items.item_id
where handoffs.verdict = 'rejected' and $team in ('*', work_items.team)
group by work_items.item_id, work_items.key, work_items.team, work_items.stage, work_items.title
order by rejections desc, rework_days desc, work_items.item_id asc
limit $rows::bigint;
