-- How many promises were kept: against the first date, and against the last one?
-- Reads: main.commitments.
select
    team,
    subject_kind,
    count(*) filter (where is_on_time is not null) as due,
    count(*) filter (where is_on_time) as kept_first_date,
    count(*) filter (where is_on_time_current) as kept_last_date,
    avg(is_on_time::integer) as share_kept_first_date,
    count(*) filter (where is_silent_miss) as missed_in_silence,
    sum(gross_slip_days) as slipped_days
from commitments
where committed_at is not null
group by team, subject_kind
order by team, subject_kind;
