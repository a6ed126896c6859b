-- How long before the day does one learn that a date slips, and who says so?
-- params: team=*
-- Reads: main.date_moves, main.work_items, main.metric_summaries.
-- in words: {how_early}, by {actor_role}: {slips} slips of {slipped_days} days in all
-- on the demo: b: in the last 4 weeks, by engineering: 63 slips of 589 days in all
-- A slip is what commitments count as one: also a change to a later release, and a date taken away,
-- which slipped by nobody knows how many days. A team in which too few people act to be shown, which has no summary
-- either, has no answer; a release is of its project. Sub-tasks are left out.
select
    case
        when days_before_due < 0 then 'e: after the day'
        when days_before_due <= 2 then 'd: in the last 2 days'
        when days_before_due <= 7 then 'c: in the last week'
        when days_before_due <= 28 then 'b: in the last 4 weeks'
        else 'a: earlier'
    end as how_early,
    actor_role,
    count(*) as slips,
    sum(days) as slipped_days
from date_moves
where
    (move = 'clear' or (move in ('slip', 'retarget') and days > 0))
    and is_after_commitment
    and (
        subject_kind = 'release'
        or subject_id not in (select work_items.item_id from work_items where work_items.is_subtask)
    )
    and days_before_due is not null
    and $team in ('*', team)
    and (
        $team = '*'
        or subject_kind = 'release'
        or 'team:' || $team in (select metric_summaries.scope from metric_summaries)
    )
group by how_early, actor_role
order by how_early, actor_role;
