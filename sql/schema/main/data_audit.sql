-- What a reader must know before trusting the numbers.
-- Grain: one row per source, finding, subject.
create table main.data_audit (
    source varchar not null,
    finding varchar not null,
    subject varchar not null,
    severity varchar not null check (severity in ('error', 'warning', 'info')),
    expected bigint,
    found bigint,
    share double,
    detail varchar not null,
    primary key (source, finding, subject)
);

comment on table main.data_audit is 'What a reader must know before trusting the numbers. One row per source, finding and subject.';
comment on column main.data_audit.source is 'Name of the source; * where the finding concerns all of them.';
comment on column main.data_audit.finding is 'Name of the finding; for a broken rule the name of the file in sql/checks.';
comment on column main.data_audit.subject is 'What it concerns: a field, a status, a rule; empty where it concerns the source as a whole.';
comment on column main.data_audit.severity is 'error: numbers are wrong or incomplete; warning: read with care; info: good to know.';
comment on column main.data_audit.expected is 'How many there should be.';
comment on column main.data_audit.found is 'How many there are.';
comment on column main.data_audit.share is 'found / expected, or the share concerned, in 0 to 1; for a stage that is not stationary its departure_ratio, which may be above 1.';
comment on column main.data_audit.detail is 'The finding in one sentence, with what to do about it.';
