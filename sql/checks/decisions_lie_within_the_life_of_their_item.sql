-- A decision is asked for and given between the first instant of its item and the snapshot, and lasts as long as that.
-- Returns: the requests of which that is not so.
with

lives as (
    select visits.item_id, min(visits.entered_at) as born_at, any_value(work_items.observed_until) as observed_until
    from main.visits as visits
    inner join main.work_items as work_items using (item_id)
    group by visits.item_id
)

select decisions.decision_id as detail
from main.decisions as decisions
left join lives using (item_id)
where
    not coalesce(decisions.requested_at >= lives.born_at, false)
    or decisions.ended_at > lives.observed_until
    or decisions.stable_at > lives.observed_until
    or abs(
        decisions.elapsed_hours
        - (epoch_us(coalesce(decisions.ended_at, lives.observed_until)) - epoch_us(decisions.requested_at)) / 3.6e9
    ) > 1e-6
    -- Where the clocks go back an hour is worked twice; never more than all of the time.
    or decisions.business_hours > decisions.elapsed_hours + 1e-6
