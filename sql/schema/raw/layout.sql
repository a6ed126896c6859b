-- The version of this file.
-- Grain: one row.
create table if not exists raw.layout (
    version integer not null,
    written_by varchar not null
);

comment on table raw.layout is 'The version of this file: its tables and columns. One row.';
comment on column raw.layout.version is 'Number of the layout; a program that knows no such number leaves the file alone.';
comment on column raw.layout.written_by is 'Version of the Roadworthy that gave the file this layout.';
