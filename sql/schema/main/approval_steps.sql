-- Each step of approval: how long it takes, how often it finds anything.
-- Grain: One row per scope and step.
create table main.approval_steps (
    scope varchar not null,
    channel varchar not null check (channel in ('review', 'approval')),
    step varchar not null,
    requests integer not null check (requests >= 0),
    verdicts integer not null check (verdicts >= 0),
    open_requests integer not null check (open_requests >= 0),
    p50_hours double check (p50_hours >= 0),
    p85_hours double check (p85_hours >= 0),
    mean_hours double check (mean_hours >= 0),
    mean_low double,
    mean_high double,
    horizon_hours double check (horizon_hours >= 0),
    no_finding_share double,
    no_finding_low double,
    no_finding_high double,
    solo_share double,
    primary key (scope, channel, step),
    check (verdicts + open_requests <= requests)
);

comment on table main.approval_steps is 'Each step of approval: how long it takes, how often it finds anything. One row per scope and step.';
comment on column main.approval_steps.scope is 'organisation, team:<team>, item_type:<type> or release:<release>.';
comment on column main.approval_steps.channel is 'review or approval.';
comment on column main.approval_steps.step is 'The approval stage, the team asked for a review, else the role of the reviewer; anyone where nobody was ever asked.';
comment on column main.approval_steps.requests is 'Requests that were seen: not those that ended before their source was watched.';
comment on column main.approval_steps.verdicts is 'Requests that got a verdict.';
comment on column main.approval_steps.open_requests is 'Requests open at the snapshot.';
comment on column main.approval_steps.p50_hours is 'Business hours within which half had a verdict (Aalen-Johansen: withdrawn and superseded ones never get one); null where the curve does not reach it.';
comment on column main.approval_steps.p85_hours is 'Business hours within which 85 % had one; null where the curve does not reach it.';
comment on column main.approval_steps.mean_hours is 'Mean of the business hours waited within horizon_hours, whatever ended the wait (restricted mean).';
comment on column main.approval_steps.mean_low is 'Lower end of its 95 % interval.';
comment on column main.approval_steps.mean_high is 'Upper end of its 95 % interval.';
comment on column main.approval_steps.horizon_hours is 'Business hours up to which the mean looks.';
comment on column main.approval_steps.no_finding_share is 'Share of the verdicts without comment or request for changes; null where the words of approvals did not arrive.';
comment on column main.approval_steps.no_finding_low is 'Lower end of its 95 % interval.';
comment on column main.approval_steps.no_finding_high is 'Upper end of its 95 % interval.';
comment on column main.approval_steps.solo_share is 'Share of the hours in which any approval was outstanding on the changes of this step during which exactly one was.';
