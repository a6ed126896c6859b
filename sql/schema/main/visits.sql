-- Every stay of every work item in a stage; together they partition the life of the item.
-- Grain: one row per item_id, visit_number.
create table main.visits (
    item_id varchar not null,
    visit_number integer not null check (visit_number >= 1),
    team varchar not null,
    stage varchar not null,
    stage_kind varchar check (
        stage_kind in ('queue', 'active', 'decision', 'approval', 'external', 'parked', 'done', 'dropped')
    ),
    owner_role varchar,
    entered_at timestamptz not null,
    left_at timestamptz,
    elapsed_hours double not null check (elapsed_hours >= 0),
    business_hours double not null check (business_hours >= 0),
    is_open boolean not null,
    is_repeat boolean not null,
    primary key (item_id, visit_number)
);

comment on table main.visits is 'Every stay of every work item in a stage; together they partition its life. One row per item_id and visit_number.';
comment on column main.visits.item_id is 'The work item.';
comment on column main.visits.visit_number is 'Position in the life of the item, from 1.';
comment on column main.visits.team is 'Team of the item.';
comment on column main.visits.stage is 'Stage: the name in roadworthy.toml, else the status.';
comment on column main.visits.stage_kind is 'queue, active, decision, approval, external, parked, done or dropped; null for a status mapped to no stage.';
comment on column main.visits.owner_role is 'Role that owns the stage; null where none is declared.';
comment on column main.visits.entered_at is 'Instant of entry, UTC.';
comment on column main.visits.left_at is 'Instant of leaving, UTC; null while the stay is open at the snapshot.';
comment on column main.visits.elapsed_hours is 'Calendar hours from entry to leaving or, while open, to the snapshot.';
comment on column main.visits.business_hours is 'The same interval in business hours, on the calendar of the role that owns the stage; of the organisation where nobody owns it or the role has no calendar of its own.';
comment on column main.visits.is_open is 'True where the stay had not ended at the snapshot: a censored duration, never a finished one.';
comment on column main.visits.is_repeat is 'True where the item had been in this stage before.';
