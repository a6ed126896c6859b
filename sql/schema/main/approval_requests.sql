-- Every request for an approval as an interval: who was asked, what came of it.
-- Grain: One row per item_id and request_number.
create table main.approval_requests (
    item_id varchar not null,
    request_number integer not null check (request_number >= 1),
    team varchar not null,
    item_type varchar,
    channel varchar not null check (channel in ('review', 'approval')),
    step varchar not null,
    requested_at timestamptz not null,
    ended_at timestamptz,
    verdict varchar not null check (verdict in ('approved', 'changes_requested', 'withdrawn', 'superseded', 'open')),
    business_hours double not null check (business_hours >= 0),
    elapsed_hours double not null check (elapsed_hours >= 0),
    has_finding boolean,
    primary key (item_id, request_number)
);

comment on table main.approval_requests is 'Every request for an approval as an interval: who was asked, what came of it. One row per item_id and request_number.';
comment on column main.approval_requests.item_id is 'The work item.';
comment on column main.approval_requests.request_number is 'Number of the request in the life of the item, from 1, by instant and then by the change that asked.';
comment on column main.approval_requests.team is 'Team of the item.';
comment on column main.approval_requests.item_type is 'Type of the item at the snapshot.';
comment on column main.approval_requests.channel is 'review for a pull request, approval for a stay in an approval stage.';
comment on column main.approval_requests.step is 'What is asked for: the approval stage, the team asked for a review, else the role of the reviewer; anyone until somebody is asked by name.';
comment on column main.approval_requests.requested_at is 'Instant of the request, UTC; for a pull request without a requested reviewer the instant at which it was ready for review.';
comment on column main.approval_requests.ended_at is 'Instant of the verdict or the withdrawal, UTC; null while open.';
comment on column main.approval_requests.verdict is 'approved, changes_requested, withdrawn (request removed, the change closed or a draft again without this verdict; a stay ended in bulk, by a bot, by whoever had asked, or towards a stage without a place in the flow), superseded (merged without it, or taken over by the first request of somebody by name), open.';
comment on column main.approval_requests.business_hours is 'Business hours from the request to its end, or so far, on the calendar of the role that is asked.';
comment on column main.approval_requests.elapsed_hours is 'Calendar hours from the request to its end, or so far.';
comment on column main.approval_requests.has_finding is 'True where the verdict came with a comment or asked for changes; null without a verdict, and where the tracker does not say.';
