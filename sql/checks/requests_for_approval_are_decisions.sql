-- Every request for an approval is a decision of its channel: asked and ended at the same instants, decided by a verdict alone; anyone who was asked until somebody was asked by name is none.
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
    where
        not (
            step = 'anyone'
            and verdict = 'superseded'
            and exists (
                from main.approval_requests as named
                where
                    named.item_id = approval_requests.item_id
                    and named.step <> 'anyone'
                    and named.requested_at = approval_requests.ended_at
            )
        )
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
