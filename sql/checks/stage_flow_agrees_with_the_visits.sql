-- The flow through a stage is that of the visits of whole items, clipped to its window.
-- Returns: the stages of which it is not.
with

stays as (
    select
        visits.stage,
        visits.entered_at,
        visits.left_at,
        coalesce(visits.left_at, work_items.observed_until) as until_at
    from main.visits as visits
    inner join main.work_items as work_items using (item_id)
    where
        not work_items.is_subtask
        and coalesce(visits.stage_kind not in ('done', 'dropped'), true)
        -- A pull request opened for review was never a draft.
        and not coalesce(
            work_items.kind = 'pull_request' and visits.visit_number = 1 and visits.entered_at = visits.left_at, false
        )
),

counted as (
    select
        flow.stage,
        count(stays.stage) as arrivals,
        count_if(stays.left_at <= flow.window_to) as departures,
        coalesce(
            sum(
                epoch_us(least(stays.until_at, flow.window_to)) - epoch_us(greatest(stays.entered_at, flow.window_from))
            ) filter (stays.stage is not null), 0
        ) / (epoch_us(flow.window_to) - epoch_us(flow.window_from)) as mean_work_in_progress
    from main.stage_flow as flow
    left join stays
        on
            flow.stage = stays.stage
            and flow.window_to >= stays.entered_at
            and (flow.window_from <= stays.entered_at or flow.window_from < stays.until_at)
    group by flow.stage, flow.window_from, flow.window_to
)

select flow.stage as detail
from main.stage_flow as flow
inner join counted using (stage)
where
    flow.arrivals <> counted.arrivals
    or flow.departures <> counted.departures
    or abs(flow.mean_work_in_progress - counted.mean_work_in_progress) > 1e-6 * greatest(flow.mean_work_in_progress, 1e-6)
