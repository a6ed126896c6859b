-- What each change had to be approved by, in series or side by side, and how long that took.
-- Grain: One row per item_id: a pull request, or an item that was in an approval stage.
create table main.approvals (
    item_id varchar not null primary key,
    team varchar not null,
    item_type varchar,
    approvers_requested integer not null check (approvers_requested >= 0),
    approvers_obtained integer not null check (approvers_obtained >= 0),
    depth integer not null check (depth >= 0),
    approvers_in_series integer not null check (approvers_in_series >= 0),
    first_requested_at timestamptz not null,
    first_response_hours double check (first_response_hours >= 0),
    verdict_at timestamptz,
    approval_hours double check (approval_hours >= 0),
    waiting_hours double not null check (waiting_hours >= 0),
    solo_hours double not null check (solo_hours >= 0),
    changes_requested_count integer not null check (changes_requested_count >= 0),
    verdict_count integer not null check (verdict_count >= 0),
    no_finding_count integer not null check (no_finding_count >= 0),
    is_open boolean not null
);

comment on table main.approvals is 'What each change had to be approved by, in series or side by side, and how long that took. One row per item_id: a pull request, or an item that was in an approval stage.';
comment on column main.approvals.item_id is 'The work item.';
comment on column main.approvals.team is 'Team of the item.';
comment on column main.approvals.item_type is 'Type of the item at the snapshot.';
comment on column main.approvals.approvers_requested is 'Distinct approvals asked for: reviewers and teams, or approval stages; anyone counts where nobody was asked by name, or where it was answered.';
comment on column main.approvals.approvers_obtained is 'Distinct approvals given that stood at the end.';
comment on column main.approvals.depth is 'Longest chain of verdicts of which each was asked for after the one before; 0 without a verdict.';
comment on column main.approvals.approvers_in_series is 'Approvers whose approval stood at the end, the longest series of whom each was asked after the one before had answered: by the first round of each or by the last, whichever is shorter; 0 without one that was asked for.';
comment on column main.approvals.first_requested_at is 'Instant of the first request, UTC.';
comment on column main.approvals.first_response_hours is 'Business hours from it to the first verdict by anybody but the author and bots, on the calendar of the role that gave it; null while there is none.';
comment on column main.approvals.verdict_at is 'Instant of the last approval that was needed and stood, UTC; null while not approved, and while the change is a draft.';
comment on column main.approvals.approval_hours is 'Business hours from the first request to verdict_at; null while not approved.';
comment on column main.approvals.waiting_hours is 'Business hours during which at least one approval was outstanding, so far.';
comment on column main.approvals.solo_hours is 'Of these, the hours during which exactly one was: what waits for a single approver.';
comment on column main.approvals.changes_requested_count is 'Verdicts that asked for changes.';
comment on column main.approvals.verdict_count is 'Verdicts by anybody but the author and bots.';
comment on column main.approvals.no_finding_count is 'Of these, verdicts that came with no comment and asked for nothing; those for which the tracker does not say are not counted.';
comment on column main.approvals.is_open is 'True where an approval was outstanding at the snapshot.';
