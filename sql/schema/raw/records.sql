-- What trackers sent, as they sent it, less what describes a person.
-- Grain: one row per source, resource, key and, where the tracker keeps no history, payload.
create table if not exists raw.records (
    source varchar not null,
    tracker varchar not null,
    resource varchar not null,
    key varchar not null,
    cursor varchar,
    -- In the dictionary of a few thousand rows most of a payload would be told again and again.
    payload json not null using compression zstd,
    digest varchar not null,
    fetched_at timestamptz not null,
    run_id varchar not null,
    first_run_id varchar not null,
    superseded_run_id varchar,
    missing_since timestamptz
);

comment on table raw.records is 'What trackers sent, as they sent it, less what describes a person. One row per source, resource and key; several where the tracker keeps no history of its own.';
comment on column raw.records.source is 'Name of the source in roadworthy.toml.';
comment on column raw.records.tracker is 'jira or github.';
comment on column raw.records.resource is 'Kind of record: issues, pulls, and what they refer to: fields, statuses, versions, milestones, sprints, project_dates, groups, teams.';
comment on column raw.records.key is 'Identity of the record within source and resource.';
comment on column raw.records.cursor is 'Instant of last change as the tracker wrote it.';
comment on column raw.records.payload is 'The payload.';
comment on column raw.records.digest is 'Hash of the payload, by which a changed one is told.';
comment on column raw.records.fetched_at is 'Instant at which it was fetched last, UTC.';
comment on column raw.records.run_id is 'Run that fetched it last.';
comment on column raw.records.first_run_id is 'Run that fetched this payload first.';
comment on column raw.records.superseded_run_id is 'Run that found another payload under the same key; null for the present one.';
comment on column raw.records.missing_since is 'Snapshot at which the source no longer showed it; null while it does.';
