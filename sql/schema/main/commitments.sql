-- What was promised first, what became of the promise, and whether it was kept.
-- Grain: one row per subject_kind, subject_id.
create table main.commitments (
    subject_kind varchar not null check (subject_kind in ('item', 'release')),
    subject_id varchar not null,
    subject varchar not null,
    team varchar not null,
    date_source varchar not null check (date_source in ('due_date', 'target_field', 'release_date')),
    committed_at timestamptz,
    original_on date,
    current_on date,
    shipped_at timestamptz,
    slip_count integer not null check (slip_count >= 0),
    gross_slip_days integer not null check (gross_slip_days >= 0),
    pull_in_days integer not null check (pull_in_days >= 0),
    net_slip_days integer,
    is_on_time boolean,
    is_on_time_current boolean,
    is_silent_miss boolean not null,
    is_lower_bound boolean not null,
    primary key (subject_kind, subject_id)
);

comment on table main.commitments is 'Every item or release with a date: what was promised first, what became of it. One row per subject.';
comment on column main.commitments.subject_kind is 'item or release.';
comment on column main.commitments.subject_id is 'item_id, or release_id of core.release_dates.';
comment on column main.commitments.subject is 'What people call it: the key of the item or the name of the release.';
comment on column main.commitments.team is 'Team of the item; for a release its project.';
comment on column main.commitments.date_source is 'Where the date comes from: due_date, target_field or release_date of the fix version or milestone.';
comment on column main.commitments.committed_at is 'First instant at which the item had a date while at or after the commit stage, UTC; null where it never did.';
comment on column main.commitments.original_on is 'The date at that instant: the original promise.';
comment on column main.commitments.current_on is 'The date at the snapshot; null where it was cleared.';
comment on column main.commitments.shipped_at is 'Instant at which the subject was done or released, UTC; null where it is not, and of a release that was out when first seen.';
comment on column main.commitments.slip_count is 'Moves to a later date, by slip or by change of release, and cleared dates, since the commitment.';
comment on column main.commitments.gross_slip_days is 'Sum of the moves to a later date since the commitment, in calendar days.';
comment on column main.commitments.pull_in_days is 'Sum of the moves to an earlier date since the commitment, in calendar days, as a positive number.';
comment on column main.commitments.net_slip_days is 'Current date minus original date in calendar days; null where either is missing.';
comment on column main.commitments.is_on_time is 'Done by the end of the original day, in the local zone. Null where that day is not over at the snapshot, no date was given before the delivery, or the item was dropped.';
comment on column main.commitments.is_on_time_current is 'The same against the current date: what moving the date gains.';
comment on column main.commitments.is_silent_miss is 'True where a date passed while it was valid, the item open, and nobody moved it.';
comment on column main.commitments.is_lower_bound is 'True where moves of the release date before the first snapshot cannot be known, so that slips are at least these.';
