-- With which teams was each change compared, and what would a dashboard have said instead?
-- params: metric=*
-- Reads: main.intervention_effects, main.interventions.
-- in words: {intervention}, {metric}: {ratio:%} of what would have been ({ratio_low:100} to {ratio_high:%}) against {comparison_teams}; a dashboard would say {a_dashboard_would_say:%}
-- on the demo: Product Governance Protocol, rejection_rate: 38 % of what would have been (8 to 69 %) against Data, Operations; a dashboard would say 42 %
-- Without a metric, that by which each change was declared to be judged. Ratios are of after to without the change;
-- a_dashboard_would_say is after to before, of what was begun and ended. No comparison teams: there are none.
select
    effects.intervention,
    interventions.effective_on,
    effects.metric,
    effects.teams,
    effects.comparison_teams,
    effects.naive_ratio as a_dashboard_would_say,
    effects.ratio,
    effects.ratio_low,
    effects.ratio_high,
    effects.verdict,
    effects.design_grade,
    effects.items_before,
    effects.items_after,
    effects.buckets_immature
from intervention_effects as effects
left join interventions using (intervention)
where $metric = effects.metric or ($metric = '*' and effects.is_primary)
order by interventions.effective_on desc, effects.intervention asc, effects.metric asc;
