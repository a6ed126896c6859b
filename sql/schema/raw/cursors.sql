-- Where the next incremental sync of a resource begins.
-- Grain: one row per source, resource.
create table if not exists raw.cursors (
    source varchar not null,
    resource varchar not null,
    cursor varchar not null,
    run_id varchar not null
);

comment on table raw.cursors is 'Where the next incremental sync of a resource begins. One row per source and resource.';
comment on column raw.cursors.source is 'Name of the source.';
comment on column raw.cursors.resource is 'Kind of record.';
comment on column raw.cursors.cursor is 'What the connector gave with the last page that was stored.';
comment on column raw.cursors.run_id is 'Run that stored it.';
