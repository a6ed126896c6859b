-- Did approvals grow without rejections falling?
-- params: scope=organisation
-- Reads: main.approvals, main.work_items, main.weekly_metrics, main.metric_summaries, staging.organisation.
-- in words: {measure}: {before:.2} before, {now:.2} now ({low:.2} to {high:.2} more); {change}
-- on the demo: approvals asked of a change: 1.18 before, 1.16 now (−0.06 to 0.02 more); neither is shown
-- The last 26 weeks of which the outcome is known against the 26 before, as the pattern committees_grew has it;
-- a week of the organisation counts as one, and the interval is that of weeks that differ: Student's, of the half year with
-- fewer. Below thirteen weeks in either there is none. open_items are those of both half years.
-- Sub-tasks are left out.
with

asked as (
    select
        date_trunc('week', timezone(organisation.timezone, approvals.first_requested_at))::date as week_on,
        avg(approvals.approvers_requested) as estimate,
        count(*) as items,
        count(*) filter (where approvals.is_open) as open_items
    from approvals
    cross join staging.organisation as organisation
    where
        $scope in ('organisation', 'team:' || approvals.team, 'item_type:' || approvals.item_type)
        and $scope in (select metric_summaries.scope from metric_summaries)
        and approvals.item_id not in (select work_items.item_id from work_items where work_items.is_subtask)
    group by week_on
),

weeks as (
    select
        1 as place,
        'approvals asked of a change' as measure,
        asked.week_on,
        asked.estimate,
        asked.items,
        asked.open_items
    from asked
    union all
    select
        2 as place,
        'share of handoffs sent back' as measure,
        week_on,
        estimate,
        items,
        open_items
    from weekly_metrics
    where metric = 'rejection_rate' and scope = $scope and is_mature and estimate is not null
),

aged as (
    select
        *,
        (max(week_on) over (partition by place) - week_on) // (7 * 26) as half_years_ago
    from weeks
),

compared as (
    select
        place,
        measure,
        avg(estimate) filter (where half_years_ago = 1) as before,
        avg(estimate) filter (where half_years_ago = 0) as now,
        now - before as difference,
        count(*) filter (where half_years_ago = 0) as weeks_now,
        count(*) filter (where half_years_ago = 1) as weeks_before,
        least(weeks_now, weeks_before) - 1 as degrees,
        sqrt(
            var_samp(estimate) filter (where half_years_ago = 0) / weeks_now
            + var_samp(estimate) filter (where half_years_ago = 1) / weeks_before
        ) as standard_error,
        -- Student's quantile for 95 %, expanded in the degrees of freedom: right to 0.002 from twelve on.
        if(degrees >= 12, (1.96 + 2.372 / degrees + 2.823 / degrees ** 2) * standard_error, null) as reach,
        sum(items) filter (where half_years_ago = 1) as items_before,
        sum(items) filter (where half_years_ago = 0) as items_now,
        sum(open_items) as open_items
    from aged
    where half_years_ago < 2
    group by place, measure
)

select
    measure,
    before,
    now,
    difference,
    difference - reach as low,
    difference + reach as high,
    case when low > 0 then 'grew' when high < 0 then 'fell' when reach is not null then 'neither is shown' end as change,
    items_before,
    items_now,
    open_items
from compared
order by place;
