-- Every run of a command that touched the data.
-- Grain: one row per run_id.
-- Reads: raw.runs.
create view main.runs as
select
    run_id,
    started_at,
    finished_at,
    command,
    outcome,
    sources,
    records,
    requests,
    config_hash,
    version,
    error
from raw.runs;

comment on view main.runs is 'Every run of a command that touched the data. One row per run.';
comment on column main.runs.run_id is 'Key of the run: its start in UTC and a random part.';
comment on column main.runs.started_at is 'Start of the run, UTC.';
comment on column main.runs.finished_at is 'End of the run, UTC; for the run that published this file the instant of publication. Null where no end was written down.';
comment on column main.runs.command is 'sync, build or nightly; report where an older Roadworthy recorded it.';
comment on column main.runs.outcome is 'done, done_with_audit_errors, failed, or killed where the run never came to its end, or could not write it down.';
comment on column main.runs.sources is 'Names of the sources concerned.';
comment on column main.runs.records is 'Records stored by the run.';
comment on column main.runs.requests is 'Requests sent to trackers; files read count as one each.';
comment on column main.runs.config_hash is 'Hash of the configuration in force; a change after looking at results shows here.';
comment on column main.runs.version is 'Version of Roadworthy.';
comment on column main.runs.error is 'What went wrong, in one sentence; null where nothing did.';
