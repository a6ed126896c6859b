-- Which items were sent back most often?
-- params: team=*, rows=20
-- Reads: main.handoffs, main.work_items.
-- in words: {key}: sent back {rejections} times, {rework_days} days of rework
-- on the demo: PAY-193: sent back 6 times, 105 days of rework
-- Time that several rejections of an item share is told once.
with

rework as (
    select
        item_id,
        verdict_at as begun_at,
        verdict_at + to_microseconds(round(coalesce(rework_hours, 0) * 3600000000)::bigint) as ended_at
    from handoffs
    where verdict = 'rejected'
),

apart as (
    select
        item_id,
        ended_at,
        greatest(
            begun_at,
            max(ended_at) over (
                partition by item_id order by begun_at, ended_at rows between unbounded preceding and 1 preceding
            )
        ) as alone_from
    from rework
)

select
    work_items.key,
    work_items.team,
    count(*) as rejections,
    sum(greatest(epoch(apart.ended_at - apart.alone_from), 0)) / 86400 as rework_days,
    work_items.stage,
    work_items.title
from apart
inner join work_items on apart.item_id = work_items.item_id
where $team in ('*', work_items.team)
group by work_items.item_id, work_items.key, work_items.team, work_items.stage, work_items.title
order by rejections desc, rework_days desc, work_items.item_id asc
limit $rows::bigint;
