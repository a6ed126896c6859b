-- Which promised dates slipped furthest?
-- params: team=*, rows=20
-- Reads: main.commitments.
select
    subject_kind,
    subject,
    team,
    original_on,
    current_on,
    slip_count,
    gross_slip_days,
    net_slip_days,
    is_lower_bound
from commitments
where gross_slip_days > 0 and $team in ('*', team)
order by gross_slip_days desc, subject_kind asc, subject_id asc
limit $rows::bigint;
