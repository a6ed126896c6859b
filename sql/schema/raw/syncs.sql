-- Every sync of every source, and the instant its data stands for.
-- Grain: one row per source, run_id.
create table if not exists raw.syncs (
    source varchar not null,
    run_id varchar not null,
    tracker varchar not null,
    kind varchar not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    snapshot_at timestamptz,
    is_snapshot_declared boolean,
    records bigint not null,
    quarantined bigint not null,
    requests bigint not null,
    lacks varchar[],
    error varchar
);

comment on table raw.syncs is 'Every sync of every source. One row per source and run.';
comment on column raw.syncs.source is 'Name of the source.';
comment on column raw.syncs.run_id is 'The run.';
comment on column raw.syncs.tracker is 'jira or github.';
comment on column raw.syncs.kind is 'jira, github or files.';
comment on column raw.syncs.started_at is 'Start, UTC.';
comment on column raw.syncs.finished_at is 'End, UTC; null where the sync did not come to its end.';
comment on column raw.syncs.snapshot_at is 'Instant the data stands for, UTC.';
comment on column raw.syncs.is_snapshot_declared is 'False where that instant was taken from the data itself.';
comment on column raw.syncs.records is 'Records stored.';
comment on column raw.syncs.quarantined is 'Things that were no usable record.';
comment on column raw.syncs.requests is 'Requests sent; files read count as one each.';
comment on column raw.syncs.lacks is 'What the source could not supply, in words.';
comment on column raw.syncs.error is 'Why it did not come to its end, in one sentence; null where it did, and after a kill.';
