-- What is declared of the organisation as a whole and needed to read what trackers send.
-- Grain: one row.
create table staging.organisation (
    timezone varchar not null
);

comment on table staging.organisation is 'What is declared of the organisation as a whole. One row.';
comment on column staging.organisation.timezone is 'Zone in which its days begin and end.';
