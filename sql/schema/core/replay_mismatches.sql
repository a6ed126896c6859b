-- Every field of every item whose replayed history does not end where the tracker shows it.
-- Grain: one row per item_id, field and, for a set, member.
create table core.replay_mismatches (
    item_id varchar not null,
    field varchar not null,
    replayed varchar,
    present varchar,
    reason varchar not null
);

comment on table core.replay_mismatches is 'Every field of every item whose replayed history does not end where the tracker shows it now. One row per item_id, field and, for a set, member.';
comment on column core.replay_mismatches.item_id is 'The work item.';
comment on column core.replay_mismatches.field is 'Name of the field.';
comment on column core.replay_mismatches.replayed is 'Last value of the history; null for empty or removed.';
comment on column core.replay_mismatches.present is 'Value the tracker shows now; null for empty.';
comment on column core.replay_mismatches.reason is 'What must have happened.';
