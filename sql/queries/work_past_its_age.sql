-- Which open work is in its stage longer than 85 % of such stays last?
-- params: team=*, bots=no, rows=20
-- Reads: main.aging_work, main.work_items, core.items, core.actors.
-- in words: {key}: {days_in_stage} days in {stage}, where most leave within {most_leave_within_days}
-- on the demo: OPS-423: 56.9 days in Idea, where most leave within 11.0
-- What a bot proposed and nobody looks at would hide what people wait for; bots=yes lists it too.
select
    work_items.key,
    aging_work.team,
    aging_work.stage,
    aging_work.age_days as days_in_stage,
    aging_work.p85_days as most_leave_within_days,
    aging_work.expected_remaining_days,
    aging_work.item_age_days,
    work_items.title
from aging_work
inner join work_items using (item_id)
left join core.items as items using (item_id)
left join core.actors as authors on items.author_id = authors.actor_id
where
    aging_work.is_overdue
    and $team in ('*', aging_work.team)
    and ($bots = 'yes' or not coalesce(authors.is_bot, false))
order by aging_work.age_days - aging_work.p85_days desc, aging_work.item_id asc
limit $rows::bigint;
