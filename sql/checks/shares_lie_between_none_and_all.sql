-- A share, a rate or a yield is no less than none and no more than all.
-- Returns: the figures of which that is not so, but for rounding.
with

shares as (
    select 'approval_steps of ' || scope as told_of, figure, share
    from (unpivot main.approval_steps on no_finding_share, solo_share into name figure value share)
    union all
    select 'attribution_rules of ' || scope || ': ' || rule as told_of, 'exposed_share' as figure, exposed_share
    from main.attribution_rules
    union all
    select 'identification of ' || scope as told_of, 'identifiable_share' as figure, identifiable_share
    from main.identification
    union all
    select 'decision_rights of ' || scope as told_of, figure, share
    from (
        unpivot main.decision_rights
        on out_of_role_share, contest_rate, override_share, unknown_share
        into name figure value share
    )
    union all
    select 'decision_right_shares of ' || scope || ': ' || decision_right as told_of, role as figure, share
    from main.decision_right_shares
    union all
    select 'decision_times of ' || scope as told_of, figure, share
    from (unpivot main.decision_times on overdue_share, reversal_share into name figure value share)
    union all
    select 'flow_efficiency of ' || scope as told_of, figure, share
    from (unpivot main.flow_efficiency on efficiency_low, efficiency_high into name figure value share)
    union all
    select 'handoff_rates of ' || scope as told_of, figure, share
    from (
        unpivot main.handoff_rates
        on rejection_rate, first_pass_yield, two_attempts_share, three_attempts_share
        into name figure value share
    )
    union all
    select
        'intervention_effects of ' || intervention || ': ' || metric as told_of,
        'false_discovery_rate' as figure,
        false_discovery_rate as share
    from main.intervention_effects
    union all
    select 'latency_shares of ' || scope as told_of, component as figure, share
    from main.latency_shares
    union all
    select 'priority_churn of ' || scope as told_of, figure, share
    from (unpivot main.priority_churn on reversal_share, mid_build_share into name figure value share)
    union all
    select 'readiness_rules of ' || scope as told_of, figure, share
    from (
        unpivot main.readiness_rules
        on fail_rate, rejected_when_failed, rejected_when_passed, late_fill_share, never_filled_share
        into name figure value share
    )
    union all
    -- More may be put into a scope than was committed: only what is taken out is a part of it.
    select 'scope_injection of ' || subject_id as told_of, 'removed_share' as figure, removed_share as share
    from main.scope_injection
    union all
    select 'weekly_metrics of ' || scope as told_of, metric as figure, estimate as share
    from main.weekly_metrics
    where regexp_full_match(metric, '[a-z_]+_(rate|yield)(_current|_now)?')
    union all
    select 'metric_summaries of ' || scope as told_of, metric as figure, estimate as share
    from main.metric_summaries
    where regexp_full_match(metric, '[a-z_]+_(rate|yield)(_current|_now)?')
)

select told_of || ': ' || figure as detail
from shares
where share is not null and not share between -1e-9 and 1 + 1e-9
