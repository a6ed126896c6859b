-- A cause has the days that the ledger of latency gives it, and is ranked by what is beyond normal.
-- Returns: the causes of which that is not so.
with

ranked as (
    select
        *,
        sum(probability_first) over (partition by scope) as of_all,
        row_number() over (partition by scope order by greatest(excess_days, 0) desc, rank asc) as place
    from main.constraints
    where rank is not null
)

select shares.scope || ': ' || shares.component || ' has no row, or other days' as detail
from main.latency_shares as shares
left join main.constraints as causes on shares.scope = causes.scope and shares.component = causes.cause
where
    not starts_with(shares.scope, 'release:')
    and causes.days_per_item is distinct from shares.days_per_item
union all
select scope || ': ' || cause || ' is not ranked by what is beyond normal' as detail
from ranked
where
    abs(days_per_item + loop_days - benchmark_days - excess_days) > 1e-6 * (1 + days_per_item + benchmark_days)
    or rank <> place
    or of_all > 1 + 1e-9
union all
select scope || ': ' || cause || ' is named without a normal' as detail
from main.constraints
where
    (benchmark_source = 'none') <> (rank is null)
    or (verdict in ('no_benchmark', 'not_compared', 'not_enough_data')) <> (rank is null)
