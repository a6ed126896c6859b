-- Every source, and the instant its data stands for.
-- Grain: one row per source.
-- Reads: raw.syncs, raw.records, raw.quarantine, staging.history_counts.
create table core.sources as
with

complete as (
    from raw.syncs
    where finished_at is not null
    qualify row_number() over (partition by source order by started_at desc, run_id desc) = 1
),

stored as (
    select
        source,
        count(*) as records,
        count(missing_since) as missing
    from raw.records
    where superseded_run_id is null
    group by source
),

histories as (
    select
        source,
        sum(histories_announced)::bigint as histories_announced,
        sum(histories_received)::bigint as histories_received,
        count(*) filter (where histories_received < histories_announced) as short_items
    from staging.history_counts
    where histories_received is not null
    group by source
),

refused as (
    select source, count(*) as quarantined
    from raw.quarantine
    group by source
)

select
    complete.source,
    complete.tracker,
    complete.kind,
    coalesce(stored.records, 0) as records,
    coalesce(refused.quarantined, 0) as quarantined,
    coalesce(stored.missing, 0) as missing,
    histories.histories_announced,
    histories.histories_received,
    coalesce(histories.short_items, 0) as short_items,
    complete.requests,
    complete.is_snapshot_declared,
    complete.lacks,
    complete.snapshot_at
from complete
left join stored using (source)
left join refused using (source)
left join histories using (source)
order by complete.source;

comment on table core.sources is 'Every source that was read to its end at least once, and the instant its data stands for. One row per source.';
comment on column core.sources.source is 'Name of the source in roadworthy.toml.';
comment on column core.sources.tracker is 'Name of the tracker: jira or github.';
comment on column core.sources.kind is 'Kind of the source in roadworthy.toml: that of its tracker, or files.';
comment on column core.sources.records is 'Records stored.';
comment on column core.sources.quarantined is 'Things that arrived and were no usable record.';
comment on column core.sources.missing is 'Records among them that the source showed before and no longer shows; they are kept as last seen.';
comment on column core.sources.histories_announced is 'Histories or events the tracker says its items have; null where no item says.';
comment on column core.sources.histories_received is 'Histories or events that came; null where no item says how many there are.';
comment on column core.sources.short_items is 'Items of which fewer came than announced.';
comment on column core.sources.requests is 'Requests sent by the last complete sync; files read count as one each.';
comment on column core.sources.is_snapshot_declared is 'False where the snapshot instant was taken from the data itself.';
comment on column core.sources.lacks is 'What the source could not supply, in words.';
comment on column core.sources.snapshot_at is 'The snapshot: the instant up to which the data is complete, UTC.';
