-- Every attempt to hand a work item from one role to the next, with its verdict.
-- Grain: one row per handoff_id.
create table main.handoffs (
    handoff_id varchar primary key,
    item_id varchar not null,
    team varchar not null,
    item_type varchar,
    from_stage varchar not null,
    to_stage varchar not null,
    from_role varchar not null,
    to_role varchar not null,
    attempt integer not null check (attempt >= 1),
    handed_at timestamptz not null,
    verdict varchar not null check (verdict in ('accepted', 'rejected', 'recalled', 'dropped', 'undecided')),
    verdict_at timestamptz,
    verdict_hours double check (verdict_hours >= 0),
    verdict_role varchar,
    rework_hours double check (rework_hours >= 0),
    is_rework_open boolean not null,
    rework_touch_hours double check (rework_touch_hours >= 0),
    late_return_at timestamptz,
    is_ready boolean,
    failed_rules varchar[],
    is_skip boolean not null
);

comment on table main.handoffs is 'Every attempt to hand a work item forward from one role to another, with its verdict. One row per attempt.';
comment on column main.handoffs.handoff_id is 'Deterministic key: <item_id>/<number of the handoff in the life of the item>.';
comment on column main.handoffs.item_id is 'The work item.';
comment on column main.handoffs.team is 'Team of the item.';
comment on column main.handoffs.item_type is 'Type of the item at the handoff.';
comment on column main.handoffs.from_stage is 'Stage it was handed from.';
comment on column main.handoffs.to_stage is 'Stage it was handed to.';
comment on column main.handoffs.from_role is 'Role that owns the stage it came from: the sender.';
comment on column main.handoffs.to_role is 'Role that owns the stage it went to: the receiver.';
comment on column main.handoffs.attempt is 'Number of this attempt for the item and pair of stages, from 1, over the whole life.';
comment on column main.handoffs.handed_at is 'Instant of the handoff, UTC.';
comment on column main.handoffs.verdict is 'accepted, rejected (sent back, not by the sender), recalled (taken back by the sender), dropped, or undecided at the snapshot.';
comment on column main.handoffs.verdict_at is 'Instant of the verdict, UTC; null while undecided.';
comment on column main.handoffs.verdict_hours is 'Calendar hours from handoff to verdict; null while undecided.';
comment on column main.handoffs.verdict_role is 'Role of whoever made the move that is the verdict; ? for an unknown actor.';
comment on column main.handoffs.rework_hours is 'For a rejection: calendar hours until the next acceptance between the same two roles, else until the item ended or the snapshot.';
comment on column main.handoffs.is_rework_open is 'True where that acceptance had not come by the end of the item or the snapshot: rework_hours is then a lower bound.';
comment on column main.handoffs.rework_touch_hours is 'For a rejection: the part of rework_hours during which the item was in active stages, business hours of their owners.';
comment on column main.handoffs.late_return_at is 'Instant at which an accepted item came back to the sending stage or before it, UTC; null where it did not.';
comment on column main.handoffs.is_ready is 'Definition of ready at the handoff: true where no rule failed, false where one did, null where none could be evaluated.';
comment on column main.handoffs.failed_rules is 'Names of the rules that failed at the handoff; null where none was checked.';
comment on column main.handoffs.is_skip is 'True where a stage between the two was jumped.';
