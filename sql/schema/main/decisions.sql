-- Every request for a verdict: how long it waited, who gave it, whether it held.
-- Grain: One row per decision_id.
create table main.decisions (
    decision_id varchar not null primary key,
    item_id varchar not null,
    team varchar not null,
    item_type varchar,
    decision_right varchar not null,
    channel varchar not null check (channel in ('stage', 'flag', 'review', 'approval')),
    requested_at timestamptz not null,
    decided_at timestamptz,
    ended_at timestamptz,
    outcome varchar not null check (outcome in ('decided', 'withdrawn', 'dropped', 'open')),
    elapsed_hours double not null check (elapsed_hours >= 0),
    business_hours double not null check (business_hours >= 0),
    asked_role varchar,
    decided_by_role varchar,
    is_reversed boolean,
    reversed_at timestamptz,
    stable_at timestamptz,
    is_open boolean not null
);

comment on table main.decisions is 'Every request for a verdict: how long it waited, who gave it, whether it held. One row per decision_id.';
comment on column main.decisions.decision_id is 'Deterministic key: <item_id>/<channel>/<number of the request in the life of the item>.';
comment on column main.decisions.item_id is 'The work item.';
comment on column main.decisions.team is 'Team of the item.';
comment on column main.decisions.item_type is 'Type of the item at the snapshot.';
comment on column main.decisions.decision_right is 'What is to be decided: the stage of a decision or approval, the right or flag that was raised, review for a pull request.';
comment on column main.decisions.channel is 'Where it was asked: a decision stage, a flag or label, a requested review (anyone''s only until somebody is asked by name, who then has the question), an approval stage.';
comment on column main.decisions.requested_at is 'Instant of the request, UTC.';
comment on column main.decisions.decided_at is 'Instant of the verdict, UTC; null while open, and where the request was withdrawn or the item dropped.';
comment on column main.decisions.ended_at is 'Instant at which the request ended in any way, UTC; null while open.';
comment on column main.decisions.outcome is 'decided, withdrawn (taken back without a verdict, or ended in bulk or by a bot), dropped (the item was), or open at the snapshot.';
comment on column main.decisions.elapsed_hours is 'Calendar hours from the request to its end, or so far.';
comment on column main.decisions.business_hours is 'Business hours from the request to its end, or so far, on the calendar of the role that is asked.';
comment on column main.decisions.asked_role is 'Role that is asked: owner of the stage, holder of the right, reviewer; null where nobody is declared.';
comment on column main.decisions.decided_by_role is 'Role of whoever gave the verdict; ? for an unknown actor.';
comment on column main.decisions.is_reversed is 'True where the verdict was taken back or opposed within measures.contest_window_days; null while that window is open and nothing did so yet, or without a verdict.';
comment on column main.decisions.reversed_at is 'Instant of that, UTC; null where there is none.';
comment on column main.decisions.stable_at is 'Instant of the first verdict, this one or a later one of the same item and right, that was not reversed, UTC; null while it can still be, and without a verdict.';
comment on column main.decisions.is_open is 'True where the request waited at the snapshot.';
