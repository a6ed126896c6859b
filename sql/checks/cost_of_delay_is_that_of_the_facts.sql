-- The slip that is paid for is that of the releases, and no hour of rework is paid for twice.
-- Returns: the ledgers of the organisation of which that is not so, and costs without a value or a currency.
with

weeks as (
    select coalesce(sum(net_slip_days), 0) / 7 as slipped
    from main.commitments
    where subject_kind = 'release'
),

hours as (
    select coalesce(sum(rework_touch_hours), 0) as reworked
    from main.handoffs
)

select costs.scope || ': ' || costs.ledger as detail
from main.cost_of_delay as costs
cross join weeks
cross join hours
where
    (costs.quantity_unit = 'weeks') <> (costs.ledger = 'delay')
    or (costs.scope = 'organisation' and costs.ledger = 'delay' and abs(costs.quantity - weeks.slipped) > 1e-6)
    or (costs.ledger = 'labour' and costs.quantity > hours.reworked + 1e-6)
    or (costs.low is null) <> (costs.high is null)
    or (costs.low is null) <> (costs.currency is null)
    or costs.low > costs.high
