-- Into which releases, sprints and epics was most put after they had been committed?
-- params: team=*, kind=*, rows=20
-- Reads: main.scope_injection.
-- in words: {subject_kind} {subject}: {injected_items} put in after {committed_items} had been committed
-- on the demo: sprint WEB Sprint 30: 19 put in after 0 had been committed
select
    subject_kind,
    subject,
    team,
    committed_at,
    committed_items,
    injected_items,
    removed_items,
    injected_share,
    removed_share,
    committed_points,
    injected_points,
    removed_points,
    is_lower_bound
from scope_injection
where injected_items > 0 and $team in ('*', team) and $kind in ('*', subject_kind)
order by injected_items desc, injected_share desc nulls last, subject_kind asc, subject_id asc
limit $rows::bigint;
