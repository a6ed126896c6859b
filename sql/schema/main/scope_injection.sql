-- What was added to and removed from each release, sprint and epic after it had been committed.
-- Grain: One row per subject_kind and subject_id.
create table main.scope_injection (
    subject_kind varchar not null check (subject_kind in ('release', 'sprint', 'epic')),
    subject_id varchar not null,
    subject varchar,
    team varchar,
    committed_at timestamptz not null,
    ended_at timestamptz,
    committed_items integer not null check (committed_items >= 0),
    injected_items integer not null check (injected_items >= 0),
    removed_items integer not null check (removed_items >= 0),
    injected_share double,
    removed_share double,
    committed_points double,
    injected_points double,
    removed_points double,
    is_lower_bound boolean not null,
    primary key (subject_kind, subject_id),
    check (removed_items <= committed_items)
);

comment on table main.scope_injection is 'What was added to and removed from each release, sprint and epic after it had been committed. One row per subject_kind and subject_id.';
comment on column main.scope_injection.subject_kind is 'release, sprint or epic.';
comment on column main.scope_injection.subject_id is 'Deterministic key of it.';
comment on column main.scope_injection.subject is 'Its name.';
comment on column main.scope_injection.team is 'Team most of its items belong to.';
comment on column main.scope_injection.committed_at is 'Instant of its commitment, UTC: the date of a release was first seen, the first day of a sprint was over, an epic first held an item at or after the commit stage.';
comment on column main.scope_injection.ended_at is 'Instant up to which changes count: shipped, last day of the sprint, or the snapshot, UTC.';
comment on column main.scope_injection.committed_items is 'Items in it at its commitment.';
comment on column main.scope_injection.injected_items is 'Items added after it, neither in bulk nor by a bot; one of the committed set never is.';
comment on column main.scope_injection.removed_items is 'Items of the committed set removed after it, not in bulk.';
comment on column main.scope_injection.injected_share is 'injected_items / committed_items, which may be more than 1; null for an empty set.';
comment on column main.scope_injection.removed_share is 'removed_items / committed_items.';
comment on column main.scope_injection.committed_points is 'Their estimates at the commitment: story points or, where a source has only time estimates, hours; null where none is estimated.';
comment on column main.scope_injection.injected_points is 'Estimates of the injected ones when they came in, in the same unit.';
comment on column main.scope_injection.removed_points is 'Estimates of the removed ones at the commitment, in the same unit.';
comment on column main.scope_injection.is_lower_bound is 'True where it was committed before it was first seen: what moved before is unknown.';
