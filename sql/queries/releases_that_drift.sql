-- What is each release made of, what slipped in it, and does its own date converge?
-- params: team=*, rows=20
-- Reads: main.commitments, main.forecast_drift, main.scope_injection, main.work_items, main.metric_summaries, core.release_dates.
-- in words: {release} of {source}: {items} items, {open_items} of them open; {items_kept} of {items_due} kept their first date, {slipped_days_of_items} days slipped; the release itself {gross_slip_days}
-- on the demo: OPS 4.0 of acme: 54 items, 0 of them open; 21 of 53 kept their first date, 703 days slipped; the release itself 0
-- drift_rate is days slipped per day: 0 holds, 1 never arrives. No date of a release has a history before it was first
-- seen: where is_lower_bound, it slipped by at least so much. Items are told of a release that has a summary, which one of
-- too few people has not; sub-tasks are left out.
with

homes as (
    select distinct
        release_id,
        project
    from core.release_dates
),

promises as (
    select
        subject_id as item_id,
        is_on_time,
        gross_slip_days
    from commitments
    where subject_kind = 'item' and committed_at is not null
),

contents as (
    select
        releases.subject_id,
        count(*) as items,
        count(*) filter (where not work_items.is_done and not work_items.is_dropped) as open_items,
        count(*) filter (where work_items.is_dropped) as dropped_items,
        count(promises.is_on_time) as items_due,
        count(*) filter (where promises.is_on_time) as items_kept,
        count(*) filter (where promises.gross_slip_days > 0) as items_slipped,
        sum(promises.gross_slip_days) as slipped_days_of_items
    from work_items
    inner join commitments as releases
        on
            work_items.release = releases.subject
            and work_items.source = split_part(releases.subject_id, ':', 2)
    -- Two projects of one tracker, and of one team, may have a release of one name.
    inner join homes on releases.subject_id = homes.release_id and work_items.project = homes.project
    left join promises using (item_id)
    where
        releases.subject_kind = 'release'
        and not work_items.is_subtask
        and 'release:' || work_items.release in (select metric_summaries.scope from metric_summaries)
    group by releases.subject_id
)

select
    releases.subject as release,
    releases.team,
    split_part(releases.subject_id, ':', 2) as source,
    contents.* exclude (subject_id),
    injections.injected_items,
    injections.removed_items,
    releases.original_on,
    releases.current_on,
    releases.shipped_at,
    releases.gross_slip_days,
    releases.is_on_time,
    drift.drift_rate,
    drift.drift_low,
    drift.drift_high,
    drift.convergence,
    releases.is_lower_bound
from commitments as releases
left join contents using (subject_id)
left join forecast_drift as drift on releases.subject_id = drift.subject_id
left join scope_injection as injections
    on releases.subject_id = injections.subject_id and injections.subject_kind = 'release'
where releases.subject_kind = 'release' and $team in ('*', releases.team)
order by releases.gross_slip_days desc, contents.slipped_days_of_items desc nulls last, releases.subject_id asc
limit $rows::bigint;
