-- Every stay of a work item in done, and whether it was opened again.
-- Grain: one row per item_id, visit_number.
create table main.reopenings (
    item_id varchar not null,
    visit_number integer not null check (visit_number >= 1),
    team varchar not null,
    done_at timestamptz not null,
    reopened_at timestamptz,
    days_to_reopening double check (days_to_reopening >= 0),
    primary key (item_id, visit_number)
);

comment on table main.reopenings is 'Every stay of a work item in done, and whether it was opened again. One row per item_id and visit_number.';
comment on column main.reopenings.item_id is 'The work item.';
comment on column main.reopenings.visit_number is 'Position of the stay in its life, as in main.visits.';
comment on column main.reopenings.team is 'Team of the item.';
comment on column main.reopenings.done_at is 'Instant at which it was done, UTC.';
comment on column main.reopenings.reopened_at is 'Instant at which it was opened again, UTC; null where it was not, or not yet.';
comment on column main.reopenings.days_to_reopening is 'Calendar days between the two.';
