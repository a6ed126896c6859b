-- Which open work is oldest, and where does it stand?
-- params: team=*, bots=no, rows=20
-- Reads: main.work_items, main.visits, core.items, core.actors.
-- in words: {key}: {age_days} days old, {days_in_stage} of them in {stage}
-- on the demo: OPS-363: 130 days old, 5.9 of them in In Review
-- What a bot proposed and nobody looks at would hide what people wait for; bots=yes lists it too. Sub-tasks
-- are left out: they are as old as they are because of what they belong to.
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
left join core.items as items on work_items.item_id = items.item_id
left join core.actors as authors on items.author_id = authors.actor_id
where
    not work_items.is_done
    and not work_items.is_dropped
    and not work_items.is_subtask
    and $team in ('*', work_items.team)
    and ($bots = 'yes' or not coalesce(authors.is_bot, false))
order by work_items.age_days desc, work_items.item_id asc
limit $rows::bigint;
