-- What did each declared change do to each metric, and how far may that be believed?
-- Reads: main.intervention_effects.
-- in words: {intervention}, {metric}: {verdict}, {design_grade}; {estimate:.2} in {unit} ({low:.2} to {high:.2})
-- on the demo: Leadership off-site, rejection_rate: not_shown, C; 0.02 in share (−0.11 to 0.14)
select
    intervention,
    metric,
    verdict,
    design_grade,
    unit,
    estimate,
    low,
    high,
    ratio,
    probability_improved,
    naive_ratio as a_dashboard_would_say,
    caveats
from intervention_effects
where verdict != 'not_enough_data'
order by is_primary desc, intervention, metric;
