-- An item of intake is no part of another; a ticket entered build with a stay in an active stage, a pull request with its merge.
-- Returns: the items of which that is not so.
select intake.item_id as detail
from main.intake as intake
inner join main.work_items as work_items using (item_id)
left join main.visits as visits
    on
        intake.item_id = visits.item_id
        and intake.entered_build_at = visits.entered_at
        and visits.stage_kind = if(work_items.kind = 'ticket', 'active', 'done')
where
    visits.item_id is null
    or work_items.is_subtask
    or (work_items.kind = 'pull_request' and not coalesce(intake.is_bypass, false))
