-- Every change of a field that a decision right governs: by which role, with or against whom.
-- Grain: One row per item_id and change_number.
create table main.decision_changes (
    item_id varchar not null,
    change_number integer not null check (change_number >= 1),
    team varchar not null,
    item_type varchar,
    decision_right varchar not null,
    field varchar not null,
    changed_at timestamptz not null,
    from_value varchar,
    to_value varchar,
    actor_role varchar not null,
    is_after_commitment boolean not null,
    is_out_of_role boolean,
    is_contest boolean not null,
    is_override boolean,
    is_bulk boolean not null,
    primary key (item_id, change_number)
);

comment on table main.decision_changes is 'Every change of a field that a decision right governs: by which role, with or against whom. One row per item_id and change_number.';
comment on column main.decision_changes.item_id is 'The work item.';
comment on column main.decision_changes.change_number is 'Number of the change among those of the item, from 1.';
comment on column main.decision_changes.team is 'Team of the item.';
comment on column main.decision_changes.item_type is 'Type of the item at the snapshot.';
comment on column main.decision_changes.decision_right is 'The right that governs the field: as declared, else priority, timeline or scope.';
comment on column main.decision_changes.field is 'The field that changed.';
comment on column main.decision_changes.changed_at is 'Instant of the change, UTC.';
comment on column main.decision_changes.from_value is 'Value before, at most 200 characters of it; null where there was none.';
comment on column main.decision_changes.to_value is 'Value after, at most 200 characters of it; null where it was emptied.';
comment on column main.decision_changes.actor_role is 'Role of whoever changed it; bot, or ? for an unknown actor.';
comment on column main.decision_changes.is_after_commitment is 'True where it came later than the commitment of the item, or than its reaching the commit stage where no date was ever promised. Only these count in decision_rights and priority_churn.';
comment on column main.decision_changes.is_out_of_role is 'True where neither the role that decides nor the one that may override made it; null where no role is declared, and for bots, unknown actors and bulk edits.';
comment on column main.decision_changes.is_contest is 'True where it undoes or opposes a change of the same field by another role within measures.contest_window_days.';
comment on column main.decision_changes.is_override is 'True where the role entitled to override made it; null where none is declared.';
comment on column main.decision_changes.is_bulk is 'True where it was part of a bulk edit; it then counts as nobody''s decision.';
