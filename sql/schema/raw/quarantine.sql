-- What arrived and was no usable record.
-- Grain: one row per source, resource, place.
create table if not exists raw.quarantine (
    source varchar not null,
    resource varchar not null,
    place varchar not null,
    reason varchar not null,
    excerpt varchar not null,
    run_id varchar not null,
    key varchar
);

comment on table raw.quarantine is 'What arrived and was no usable record, of the last sync of each source. One row per place.';
comment on column raw.quarantine.source is 'Name of the source.';
comment on column raw.quarantine.resource is 'Kind of record it would have been.';
comment on column raw.quarantine.place is 'Where it stood: file and line, or request and position.';
comment on column raw.quarantine.reason is 'Why it could not be used.';
comment on column raw.quarantine.excerpt is 'Its first characters.';
comment on column raw.quarantine.run_id is 'Run that met it.';
comment on column raw.quarantine.key is 'Key of the record, by which the next sync asks for it again; null where it has none.';
