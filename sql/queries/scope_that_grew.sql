-- Into which releases, sprints and epics was most put after they had been committed?
-- params: rows=20
-- Reads: main.scope_injection.
select
    subject_kind,
    subject,
    team,
    committed_items,
    injected_items,
    removed_items,
    injected_share,
    committed_points,
    injected_points,
    is_lower_bound
from scope_injection
order by injected_items desc, subject_kind asc, subject_id asc
limit $rows::bigint;
