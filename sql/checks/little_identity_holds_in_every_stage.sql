-- In every stage mean work in progress is arrivals per week times mean residence.
-- Returns: the stages of which that is not so, to a millionth.
select
    stage || ': ' || mean_work_in_progress || ' in progress, '
    || arrivals_per_week * coalesce(mean_residence_days, 0) / 7 || ' by arrivals and residence' as detail
from main.stage_flow
where
    abs(mean_work_in_progress - arrivals_per_week * coalesce(mean_residence_days, 0) / 7)
    > 1e-6 * greatest(mean_work_in_progress, 1e-6)
