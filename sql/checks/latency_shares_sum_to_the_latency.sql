-- The days per item in the components of a scope add up to its latency, and the shares to one.
-- Returns: the scopes of which that is not so.
select scope || ': ' || sum(days_per_item) as detail
from main.latency_shares
group by scope
having
    abs(sum(days_per_item) - min(latency_days)) > 1e-6
    or min(latency_days) <> max(latency_days)
    or abs(sum(share) - 1) > 1e-6
    or min(items) <> max(items)
