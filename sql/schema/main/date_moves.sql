-- Every change of a promised date.
-- Grain: one row per subject_kind, subject_id, move_number.
create table main.date_moves (
    subject_kind varchar not null check (subject_kind in ('item', 'release')),
    subject_id varchar not null,
    move_number integer not null check (move_number >= 1),
    team varchar not null,
    moved_at timestamptz not null,
    from_on date,
    to_on date,
    move varchar not null check (move in ('set', 'slip', 'pull_in', 'clear', 'retarget', 'correction')),
    days integer,
    days_before_due integer,
    actor_role varchar not null,
    is_after_commitment boolean not null,
    is_bulk boolean not null,
    primary key (subject_kind, subject_id, move_number)
);

comment on table main.date_moves is 'Every change of a date an item or a release carries. One row per move.';
comment on column main.date_moves.subject_kind is 'item or release.';
comment on column main.date_moves.subject_id is 'item_id, or release_id of core.release_dates.';
comment on column main.date_moves.move_number is 'Position among the moves of the subject, from 1.';
comment on column main.date_moves.team is 'Team of the item; for a release its project.';
comment on column main.date_moves.moved_at is 'Instant of the move, UTC.';
comment on column main.date_moves.from_on is 'Date before the move; null where there was none.';
comment on column main.date_moves.to_on is 'Date after the move; null where it was cleared.';
comment on column main.date_moves.move is 'set, slip (at least one business day later), pull_in, clear, retarget (another release), or correction (undone within a day, less than a business day, or part of a bulk edit): corrections count in no sum.';
comment on column main.date_moves.days is 'Calendar days from the old date to the new one, positive when later; null where one of them is missing.';
comment on column main.date_moves.days_before_due is 'Days from the move to the date it replaced, local days; negative when that date had already passed.';
comment on column main.date_moves.actor_role is 'Role of whoever moved it; ? for an unknown actor, bulk for one of many items moved at once.';
comment on column main.date_moves.is_after_commitment is 'True where the move came after the commitment: only those count as slips.';
comment on column main.date_moves.is_bulk is 'True where the move was part of a bulk edit.';
