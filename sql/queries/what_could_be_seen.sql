-- What could be seen of a change that begins on a day: by when, how small, with and without comparison teams?
-- params: scope=organisation, metric=rejection_rate, starts_on=2026-01-01, washout_days=28
-- Reads: main.visible_effects.
-- in words: {metric} after {weeks_after} weeks, seen on {seen_on}: {smallest_alone:.2} of {level_now:.2} alone, {smallest_compared:.2} with comparison teams
-- on the demo: rejection_rate after 4 weeks, seen on 2026-03-14: 0.17 of 0.27 alone, – with comparison teams
select
    metric,
    scope,
    weeks_after,
    -- Weeks begin on Monday, months on their first; one cut by the end of the introduction does not count.
    cast(
        if(
            bucket = 'month',
            date_trunc('month', settled_on - 1 + interval 1 month)
            + to_months(cast(round(weeks_after * 7 * 12 / 365.25) as integer)),
            date_trunc('week', settled_on + 6) + to_days(7 * weeks_after)
        ) as date
    )
    + cast(ceil(coalesce(days_to_maturity, 0)) as integer)
        as seen_on,
    any_value(unit) as unit,
    any_value(level) as level_now,
    any_value(items_per_week) as items_per_week,
    any_value(smallest_visible_effect) filter (not has_comparison) as smallest_alone,
    any_value(smallest_visible_ratio is not null) filter (not has_comparison) as is_possible_alone,
    any_value(smallest_visible_effect) filter (has_comparison) as smallest_compared,
    any_value(smallest_visible_ratio is not null) filter (has_comparison) as is_possible_compared
from visible_effects
cross join (select cast($starts_on as date) + cast($washout_days as integer) as settled_on) as change
where scope = $scope and $metric in (metric, '*')
group by metric, scope, bucket, settled_on, weeks_after, days_to_maturity
order by metric, scope, weeks_after;
