-- Every item that entered build: by which door.
-- Grain: One row per item_id.
create table main.intake (
    item_id varchar not null primary key,
    team varchar not null,
    item_type varchar,
    entered_build_at timestamptz not null,
    is_bypass boolean,
    is_early_assignment boolean,
    is_injected_after_commit boolean,
    is_exempt boolean not null,
    scope_edit_count integer not null check (scope_edit_count >= 0)
);

comment on table main.intake is 'Every item that entered build: by which door. One row per item_id.';
comment on column main.intake.item_id is 'The work item: one that entered the first stage of build, or a merged pull request without a linked ticket, of a team that has tickets.';
comment on column main.intake.team is 'Team of the item.';
comment on column main.intake.item_type is 'Type of the item at that instant.';
comment on column main.intake.entered_build_at is 'Instant of the first entry into build, UTC; for such a pull request of its merge.';
comment on column main.intake.is_bypass is 'True where neither it nor the epic it belonged to had been through an intake or decision stage before, and for a pull request without a ticket; null where the flow has no such stage.';
comment on column main.intake.is_early_assignment is 'True where, before that, somebody of another role than the one that builds assigned it to a person of that role; null where no role is declared.';
comment on column main.intake.is_injected_after_commit is 'True where it was added to its release or sprint after that had been committed; null where it was in none, or only in ones not watched after their commitment.';
comment on column main.intake.is_exempt is 'True for types named in measures.bypass_exempt_types: counted apart, since a bypass moves there.';
comment on column main.intake.scope_edit_count is 'Edits of description, acceptance criteria or estimate by people after the entry into build and before the end.';
