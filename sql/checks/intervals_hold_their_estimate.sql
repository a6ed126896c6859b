-- An interval holds its estimate; where that is out of reach or unknown, so is the upper end.
-- Returns: the figures of which that is not so, but for rounding.
with

figures as (
    select 'approval_steps of ' || scope || ': mean_hours' as figure, mean_hours as estimate, mean_low as low, mean_high as high
    from main.approval_steps
    union all
    select 'approval_steps of ' || scope || ': no_finding_share' as figure, no_finding_share, no_finding_low, no_finding_high
    from main.approval_steps
    union all
    select 'attribution of ' || scope || ': excess of ' || cause_class as figure, excess_days, low, high
    from main.attribution
    union all
    select 'attribution of ' || scope || ': persistence of ' || cause_class as figure, persistence, persistence_low, persistence_high
    from main.attribution
    union all
    select 'attribution_rules of ' || scope || ': ' || rule || ' for who meets it' as figure, met_days, met_low, met_high
    from main.attribution_rules
    union all
    select 'attribution_rules of ' || scope || ': ' || rule as figure, excess_days, excess_low, excess_high
    from main.attribution_rules
    union all
    select 'constraints of ' || scope || ': excess of ' || cause as figure, excess_days, excess_low, excess_high
    from main.constraints
    union all
    select 'cost_of_delay of ' || scope || ': ' || ledger as figure, quantity, quantity_low, quantity_high
    from main.cost_of_delay
    union all
    select 'decision_rights of ' || scope || ': effective_deciders' as figure, effective_deciders, effective_low, effective_high
    from main.decision_rights
    union all
    select 'decision_rights of ' || scope || ': out_of_role_share' as figure, out_of_role_share, out_of_role_low, out_of_role_high
    from main.decision_rights
    union all
    select 'decision_rights of ' || scope || ': contest_rate' as figure, contest_rate, contest_low, contest_high
    from main.decision_rights
    union all
    select
        'decision_right_shares of ' || scope || ': ' || decision_right || ' by ' || role as figure, share, share_low, share_high
    from main.decision_right_shares
    union all
    select 'decision_times of ' || scope || ': mean_hours' as figure, mean_hours, mean_low, mean_high
    from main.decision_times
    union all
    select 'decision_times of ' || scope || ': reversal_share' as figure, reversal_share, reversal_low, reversal_high
    from main.decision_times
    union all
    select 'flow_efficiency of ' || scope || ': efficiency_low' as figure, efficiency_low, efficiency_low_low, efficiency_low_high
    from main.flow_efficiency
    union all
    select 'flow_efficiency of ' || scope || ': efficiency_high' as figure, efficiency_high, efficiency_high_low, efficiency_high_high
    from main.flow_efficiency
    union all
    -- The most that is worked lies between the least and all of the time.
    select 'flow_efficiency of ' || scope || ': touch_high_hours' as figure, touch_high_hours, touch_low_hours, elapsed_hours
    from main.flow_efficiency
    union all
    select 'forecast_drift of ' || subject_id || ': drift_rate' as figure, drift_rate, drift_low, drift_high
    from main.forecast_drift
    union all
    select 'handoff_rates of ' || scope || ': rejection_rate' as figure, rejection_rate, rejection_low, rejection_high
    from main.handoff_rates
    union all
    select 'handoff_rates of ' || scope || ': first_pass_yield' as figure, first_pass_yield, first_pass_low, first_pass_high
    from main.handoff_rates
    union all
    select 'handoff_rates of ' || scope || ': two_attempts_share' as figure, two_attempts_share, two_attempts_low, two_attempts_high
    from main.handoff_rates
    union all
    select 'handoff_rates of ' || scope || ': three_attempts_share' as figure, three_attempts_share, three_attempts_low, three_attempts_high
    from main.handoff_rates
    union all
    select 'handoff_rates of ' || scope || ': mean_attempts' as figure, mean_attempts, mean_attempts_low, mean_attempts_high
    from main.handoff_rates
    union all
    select 'latency_shares of ' || scope || ': days in ' || component as figure, days_per_item, low, high
    from main.latency_shares
    union all
    select 'early_signals of ' || intervention || ': ' || metric as figure, ratio, ratio_low, ratio_high
    from main.early_signals
    union all
    select
        'effect_series of ' || intervention || ': ' || metric || ' from ' || bucket_on as figure,
        observed,
        observed_low,
        observed_high
    from main.effect_series
    union all
    select
        'effect_series of ' || intervention || ': ' || metric || ' without it from ' || bucket_on as figure,
        counterfactual,
        counterfactual_low,
        counterfactual_high
    from main.effect_series
    union all
    select 'intervention_effects of ' || intervention || ': ' || metric as figure, estimate, low, high
    from main.intervention_effects
    union all
    select
        'intervention_effects of ' || intervention || ': ratio of ' || metric as figure, ratio, ratio_low, ratio_high
    from main.intervention_effects
    union all
    select 'latency_shares of ' || scope || ': share of ' || component as figure, share, share_low, share_high
    from main.latency_shares
    union all
    select 'metric_summaries of ' || scope || ': ' || metric as figure, estimate, low, high
    from main.metric_summaries
    union all
    select 'priority_churn of ' || scope as figure, changes_per_100_item_weeks, changes_low, changes_high
    from main.priority_churn
    union all
    select 'published_figures of ' || scope || ': ' || figure as figure, estimate, low, high
    from main.published_figures
    union all
    select 'readiness_rules of ' || scope || ': fail_rate' as figure, fail_rate, fail_low, fail_high
    from main.readiness_rules
    union all
    select 'readiness_rules of ' || scope || ': rejection_lift' as figure, rejection_lift, lift_low, lift_high
    from main.readiness_rules
    union all
    select 'stage_durations of ' || scope || ': ' || stage as figure, mean_days, mean_low, mean_high
    from main.stage_durations
    union all
    select 'weekly_metrics of ' || scope || ': ' || metric as figure, estimate, low, high
    from main.weekly_metrics
)

select figure as detail
from figures
where
    (estimate is null and high is not null)
    or low - estimate > 1e-9 * greatest(abs(estimate), 1)
    or estimate - high > 1e-9 * greatest(abs(estimate), 1)
