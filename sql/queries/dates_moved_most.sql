-- Which promised dates slipped furthest?
-- params: team=*, rows=20
-- Reads: main.commitments.
-- in words: {subject}: {gross_slip_days} days later (slips: {slip_count}), from {original_on} to {current_on}
-- on the demo: PAY-181: 114 days later (slips: 1), from 2025-09-17 to 2026-01-09
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
