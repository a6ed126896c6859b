-- Every source, and the instant its data stands for.
-- Grain: one row per source.
-- Reads: raw.syncs, raw.records, raw.quarantine.
create table core.sources as
with

complete as (
    from raw.syncs
    where finished_at is not null
    qualify row_number() over (partition by source order by started_at desc, run_id desc) = 1
),

stored as (
    select source, count(*) as records
    from raw.records
    where superseded_run_id is null
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
    complete.is_snapshot_declared,
    complete.lacks,
    complete.snapshot_at
from complete
left join stored using (source)
left join refused using (source)
order by complete.source;

comment on table core.sources is 'Every source that was read to its end at least once, and the instant its data stands for. One row per source.';
comment on column core.sources.source is 'Name of the source in roadworthy.toml.';
comment on column core.sources.tracker is 'jira or github.';
comment on column core.sources.kind is 'jira, github or files.';
comment on column core.sources.records is 'Records stored.';
comment on column core.sources.quarantined is 'Things that arrived and were no usable record.';
comment on column core.sources.is_snapshot_declared is 'False where the snapshot instant was taken from the data itself.';
comment on column core.sources.lacks is 'What the source could not supply, in words.';
comment on column core.sources.snapshot_at is 'The snapshot: the instant up to which the data is complete, UTC.';
