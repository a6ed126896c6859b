-- How much work enters build past intake, by team and type?
-- params: team=*
-- Reads: main.intake, main.metric_summaries.
-- in words: {team}, {item_type}: {bypasses} of {items} past intake ({bypass_share:%})
-- on the demo: Operations, Story: 31 of 212 past intake (15 %)
-- Teams in which too few people act to be shown, which have no summary either, are one group, without a name.
-- Shares are of the items of which it is known; a share nobody can tell is null, and not 0. Types that
-- may come in by any way count in no share of bypasses: they are counted apart.
with

shown as (
    select distinct scope
    from metric_summaries
),

entries as (
    select
        intake.* exclude (team),
        if(shown.scope is null, null, intake.team) as team
    from intake
    left join shown on 'team:' || intake.team = shown.scope
)

select
    team,
    item_type,
    count(*) as items,
    count_if(is_bypass and not is_exempt) as bypasses,
    avg(is_bypass::integer) filter (not is_exempt) as bypass_share,
    count_if(is_bypass and is_exempt) as exempt_bypasses,
    avg(is_early_assignment::integer) as early_assignment_share,
    avg(is_injected_after_commit::integer) as injected_share,
    avg(scope_edit_count) as scope_edits_per_item
from entries
where $team in ('*', team)
group by team, item_type
order by bypasses desc, items desc, team asc nulls last, item_type asc;
