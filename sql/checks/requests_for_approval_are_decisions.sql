-- Every request for an approval is a decision of its channel: asked and ended at the same instants, decided by a verdict alone.
-- Returns: the requests on one side only.
with

requests as (
    select
        item_id,
        channel,
        requested_at,
        ended_at,
        verdict in ('approved', 'changes_requested') as is_decided,
        count(*) as requests
    from main.approval_requests
    group by all
),

asked as (
    select
        item_id,
        channel,
        requested_at,
        ended_at,
        outcome = 'decided' as is_decided,
        count(*) as requests
    from main.decisions
    where channel in ('review', 'approval')
    group by all
)

select item_id || '/' || channel as detail
from ((from requests except from asked) union all (from asked except from requests)) as on_one_side
