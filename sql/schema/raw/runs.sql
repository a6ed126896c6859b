-- Every run of a command that touched the data.
-- Grain: one row per run_id.
create table if not exists raw.runs (
    run_id varchar primary key,
    started_at timestamptz not null,
    finished_at timestamptz,
    command varchar not null,
    outcome varchar not null,
    sources varchar[] not null,
    records bigint not null,
    requests bigint not null,
    config_hash varchar not null,
    version varchar not null,
    error varchar
);

comment on table raw.runs is 'Every run of a command that touched the data. One row per run.';
comment on column raw.runs.run_id is 'Key of the run: its start in UTC and a random part.';
comment on column raw.runs.started_at is 'Start of the run, UTC.';
comment on column raw.runs.finished_at is 'End of the run, UTC. Null while running, and where no end was written down.';
comment on column raw.runs.command is 'sync, build or nightly; report where an older Roadworthy recorded it.';
comment on column raw.runs.outcome is 'running, done, done_with_audit_errors, failed, or killed, which the next run finds out: it never came to its end, or could not write it down.';
comment on column raw.runs.sources is 'Names of the sources concerned.';
comment on column raw.runs.records is 'Records stored by the run.';
comment on column raw.runs.requests is 'Requests sent to trackers; files read count as one each.';
comment on column raw.runs.config_hash is 'Hash of the configuration in force; a change after looking at results shows here.';
comment on column raw.runs.version is 'Version of Roadworthy.';
comment on column raw.runs.error is 'What went wrong, in one sentence; null where nothing did.';
