-- How many rules that failed at the handoff look fulfilled today, because somebody filled them in later?
-- params: team=*
-- Reads: main.readiness_checks.
select
    rule,
    count(*) filter (where outcome = 'fail') as failed_at_handoff,
    count(*) filter (where outcome = 'fail' and outcome_now = 'pass') as look_fulfilled_today,
    count(*) filter (where outcome = 'pass' and outcome_now = 'fail') as undone_since,
    median(epoch(passed_at - checked_at)) filter (where outcome = 'fail') / 86400 as median_days_to_repair
from readiness_checks
where is_in_force and $team in ('*', team)
group by rule
order by look_fulfilled_today desc, rule asc;
