-- What a change had to be approved by is what was asked for until it ended; nothing is approved while somebody is awaited.
-- Returns: the changes of which that is not so.
with

asked as (
    select
        requests.item_id,
        min(requests.requested_at) as first_requested_at,
        bool_or(requests.verdict = 'open') as is_open,
        count_if(requests.verdict in ('approved', 'changes_requested')) as verdicts,
        bool_or(requests.verdict = 'changes_requested') as has_refusal
    from main.approval_requests as requests
    inner join main.work_items as work_items using (item_id)
    where
        requests.requested_at
        <= coalesce(work_items.done_at, work_items.dropped_at, work_items.observed_until)
    group by requests.item_id
)

select coalesce(approvals.item_id, asked.item_id) as detail
from main.approvals as approvals
full join asked using (item_id)
where
    approvals.first_requested_at is distinct from asked.first_requested_at
    or approvals.is_open <> asked.is_open
    or approvals.depth > asked.verdicts
    or (asked.verdicts > 0) > (approvals.depth > 0)
    or asked.has_refusal > (approvals.changes_requested_count > 0)
    or approvals.changes_requested_count + approvals.no_finding_count > approvals.verdict_count
    or approvals.approvers_obtained > approvals.verdict_count - approvals.changes_requested_count
    or approvals.approvers_in_series > least(approvals.approvers_obtained, approvals.depth)
    or (approvals.first_response_hours is null) <> (approvals.verdict_count = 0)
    or (approvals.approval_hours is null) <> (approvals.verdict_at is null)
    or (approvals.verdict_at is not null and (approvals.is_open or approvals.approvers_obtained = 0))
    or approvals.verdict_at < approvals.first_requested_at
    or approvals.solo_hours > approvals.waiting_hours + 1e-6
