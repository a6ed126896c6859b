-- What did each declared change do to each metric, and how far may that be believed?
-- Reads: main.intervention_effects.
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
