-- Known patterns of a system that delays, each with the evidence for and against it here.
-- Grain: one row per scope and pattern.
create table main.diagnoses (
    scope varchar not null,
    pattern varchar not null,
    pattern_number integer not null,
    standing varchar not null check (standing in ('shown', 'hinted', 'not_shown', 'cannot_tell')),
    speaks_for varchar[] not null,
    speaks_against varchar[] not null,
    remedy varchar not null,
    primary key (scope, pattern)
);

comment on table main.diagnoses is 'Known patterns of a system that delays, each with the evidence for and against it here. Several may hold at once. One row per scope and pattern.';
comment on column main.diagnoses.scope is 'organisation.';
comment on column main.diagnoses.pattern is 'Its name: docs/metrics.md says what would show each.';
comment on column main.diagnoses.pattern_number is 'The order in which they are listed.';
comment on column main.diagnoses.standing is 'shown: something decides for it; hinted: something speaks for it, but nothing decides; not_shown: it was looked for and not found; cannot_tell: these data do not say.';
comment on column main.diagnoses.speaks_for is 'What was found for it, one sentence each.';
comment on column main.diagnoses.speaks_against is 'What was found against it, one sentence each.';
comment on column main.diagnoses.remedy is 'What it suggests to change in the system.';
