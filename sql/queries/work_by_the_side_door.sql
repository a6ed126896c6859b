-- How much work enters build past intake, by team and type?
-- Reads: main.intake.
select
    team,
    item_type,
    count(*) as items,
    count_if(is_bypass) as bypasses,
    avg(is_bypass::integer) as bypass_share,
    count_if(is_early_assignment) as early_assignments,
    count_if(is_injected_after_commit) as injected,
    count_if(is_exempt) as exempt
from intake
group by team, item_type
order by bypasses desc, team asc, item_type asc;
