-- How many promises were kept: against the first date, and against the last one?
-- Reads: main.commitments, main.work_items, main.metric_summaries.
-- in words: {team}, {subject_kind}: {kept_first_date} of {due} kept the first date ({share_kept_first_date:%}), {kept_last_date} of {due_last} the last; {missed_in_silence} missed in silence
-- on the demo: Data, item: 193 of 326 kept the first date (59 %), 273 of 321 the last; 60 missed in silence
-- Items of teams in which too few people act to be shown, which have no summary either, are one group, without
-- a name; a release is of its project. Sub-tasks are left out. A last date that is yet to come, or was cleared, is
-- not due.
with

shown as (
    select distinct scope
    from metric_summaries
),

promises as (
    select
        commitments.* exclude (team),
        if(commitments.subject_kind = 'item' and shown.scope is null, null, commitments.team) as team
    from commitments
    left join shown on 'team:' || commitments.team = shown.scope
)

select
    team,
    subject_kind,
    count(*) filter (where is_on_time is not null) as due,
    count(*) filter (where is_on_time) as kept_first_date,
    count(*) filter (where is_on_time_current is not null) as due_last,
    count(*) filter (where is_on_time_current) as kept_last_date,
    avg(is_on_time::integer) as share_kept_first_date,
    count(*) filter (where is_silent_miss) as missed_in_silence,
    sum(gross_slip_days) as slipped_days
from promises
where
    committed_at is not null
    and (
        subject_kind = 'release'
        or subject_id not in (select work_items.item_id from work_items where work_items.is_subtask)
    )
group by team, subject_kind
order by team nulls last, subject_kind;
