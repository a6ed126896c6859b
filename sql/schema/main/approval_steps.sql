-- Each step of approval: how long it takes, how often it finds anything.
-- Grain: One row per scope and step.
create table main.approval_steps (
    scope varchar not null,
    channel varchar not null,
    step varchar not null,
    requests integer not null,
    verdicts integer not null,
    open_requests integer not null,
    p50_hours double,
    p85_hours double,
    mean_hours double,
    mean_low double,
    mean_high double,
    horizon_hours double,
    no_finding_share double,
    no_finding_low double,
    no_finding_high double,
    solo_share double,
    primary key (scope, channel, step)
);

comment on table main.approval_steps is 'Each step of approval: how long it takes, how often it finds anything. One row per scope and step.';
comment on column main.approval_steps.scope is 'organisation, team:<team>, item_type:<type> or release:<release>.';
comment on column main.approval_steps.channel is 'review or approval.';
comment on column main.approval_steps.step is 'The approval stage, the team asked, or the role of the reviewer.';
comment on column main.approval_steps.requests is 'Requests.';
comment on column main.approval_steps.verdicts is 'Requests that got a verdict.';
comment on column main.approval_steps.open_requests is 'Requests open at the snapshot.';
comment on column main.approval_steps.p50_hours is 'Business hours within which half had a verdict (Kaplan-Meier).';
comment on column main.approval_steps.p85_hours is 'Business hours within which 85 % had one.';
comment on column main.approval_steps.mean_hours is 'Mean of the business hours waited within horizon_hours.';
comment on column main.approval_steps.mean_low is 'Lower end of its 95 % interval.';
comment on column main.approval_steps.mean_high is 'Upper end of its 95 % interval.';
comment on column main.approval_steps.horizon_hours is 'Business hours up to which the mean looks.';
comment on column main.approval_steps.no_finding_share is 'Share of the verdicts without comment or request for changes, where the tracker says.';
comment on column main.approval_steps.no_finding_low is 'Lower end of its 95 % interval.';
comment on column main.approval_steps.no_finding_high is 'Upper end of its 95 % interval.';
comment on column main.approval_steps.solo_share is 'Share of the hours in which any approval was outstanding on the changes of this step during which exactly one was.';
