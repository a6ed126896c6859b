-- Which open decisions have waited longest, and whose turn is it?
-- params: team=*, channel=*, bots=no, rows=20
-- Reads: main.decisions, main.work_items, core.items, core.actors.
-- in words: {key}: {decision_right} asked for on {requested_at}, {days_so_far} days so far; it is the turn of {asked_role}
-- on the demo: DATA-384: Roadmap Decision asked for on 2026-06-05, 24.6 days so far; it is the turn of product
-- What a bot proposed and nobody looks at would hide what people wait for; bots=yes lists it too.
select
    work_items.key,
    decisions.team,
    decisions.decision_right,
    decisions.channel,
    decisions.asked_role,
    decisions.requested_at,
    decisions.elapsed_hours / 24 as days_so_far,
    decisions.business_hours as business_hours_so_far,
    work_items.stage,
    work_items.title
from decisions
inner join work_items using (item_id)
left join core.items as items using (item_id)
left join core.actors as authors on items.author_id = authors.actor_id
where
    decisions.is_open
    and $team in ('*', decisions.team)
    and $channel in ('*', decisions.channel)
    and ($bots = 'yes' or not coalesce(authors.is_bot, false))
order by decisions.elapsed_hours desc, decisions.decision_id asc
limit $rows::bigint;
