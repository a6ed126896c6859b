-- What was added to and taken out of each release, sprint and epic after it had been committed.
-- Grain: One row per subject_kind and subject_id.
create table main.scope_injection (
    subject_kind varchar not null check (subject_kind in ('release', 'sprint', 'epic')),
    subject_id varchar not null,
    subject varchar,
    team varchar,
    committed_at timestamptz not null,
    ended_at timestamptz,
    committed_items integer not null,
    injected_items integer not null,
    removed_items integer not null,
    injected_share double,
    removed_share double,
    committed_points double,
    injected_points double,
    removed_points double,
    is_lower_bound boolean not null,
    primary key (subject_kind, subject_id)
);

comment on table main.scope_injection is 'What was added to and taken out of each release, sprint and epic after it had been committed. One row per subject_kind and subject_id.';
comment on column main.scope_injection.subject_kind is 'release, sprint or epic.';
comment on column main.scope_injection.subject_id is 'Deterministic key of it.';
comment on column main.scope_injection.subject is 'Its name.';
comment on column main.scope_injection.team is 'Team most of its items belong to.';
comment on column main.scope_injection.committed_at is 'Instant of its commitment, UTC: the date of a release was first promised, the sprint began, the first item of an epic was committed.';
comment on column main.scope_injection.ended_at is 'Instant up to which changes count: shipped, last day of the sprint, or the snapshot, UTC.';
comment on column main.scope_injection.committed_items is 'Items in it at its commitment.';
comment on column main.scope_injection.injected_items is 'Items added after it.';
comment on column main.scope_injection.removed_items is 'Items of the committed set taken out after it.';
comment on column main.scope_injection.injected_share is 'injected_items / committed_items; null for an empty set.';
comment on column main.scope_injection.removed_share is 'removed_items / committed_items.';
comment on column main.scope_injection.committed_points is 'Their estimates at the commitment; null where none is estimated.';
comment on column main.scope_injection.injected_points is 'Estimates of the injected ones when they came in.';
comment on column main.scope_injection.removed_points is 'Estimates of the removed ones at the commitment.';
comment on column main.scope_injection.is_lower_bound is 'True where it was committed before it was first seen: what moved before is unknown.';
