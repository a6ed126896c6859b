-- How long decisions of each right take, open requests counted.
-- Grain: One row per scope, decision_right and channel.
create table main.decision_times (
    scope varchar not null,
    decision_right varchar not null,
    channel varchar not null check (channel in ('stage', 'flag', 'review', 'approval')),
    decisions integer not null check (decisions >= 0),
    items integer not null check (items >= 0),
    open_decisions integer not null check (open_decisions >= 0),
    withdrawn integer not null check (withdrawn >= 0),
    p50_hours double check (p50_hours >= 0),
    p85_hours double check (p85_hours >= 0),
    mean_hours double check (mean_hours >= 0),
    mean_low double,
    mean_high double,
    horizon_hours double check (horizon_hours >= 0),
    normal_days double check (normal_days >= 0),
    overdue_share double,
    stable_p50_hours double check (stable_p50_hours >= 0),
    stable_p85_hours double check (stable_p85_hours >= 0),
    reversed integer not null check (reversed >= 0),
    reversal_share double,
    reversal_low double,
    reversal_high double,
    primary key (scope, decision_right, channel),
    check (open_decisions + withdrawn + reversed <= decisions)
);

comment on table main.decision_times is 'How long decisions of each right take, open requests counted. One row per scope, decision_right and channel.';
comment on column main.decision_times.scope is 'organisation, team:<team>, item_type:<type> or release:<release>.';
comment on column main.decision_times.decision_right is 'What is to be decided.';
comment on column main.decision_times.channel is 'stage, flag, review or approval.';
comment on column main.decision_times.decisions is 'Requests.';
comment on column main.decision_times.items is 'Items they were about.';
comment on column main.decision_times.open_decisions is 'Requests that waited at the snapshot.';
comment on column main.decision_times.withdrawn is 'Requests taken back, or whose item was dropped, without a verdict.';
comment on column main.decision_times.p50_hours is 'Business hours within which half were decided (Aalen-Johansen: withdrawn and dropped requests never are); null where the curve does not reach it.';
comment on column main.decision_times.p85_hours is 'Business hours within which 85 % were decided; null where the curve does not reach it.';
comment on column main.decision_times.mean_hours is 'Mean of the business hours waited within horizon_hours, whatever ended the wait (restricted mean).';
comment on column main.decision_times.mean_low is 'Lower end of its 95 % interval.';
comment on column main.decision_times.mean_high is 'Upper end of its 95 % interval.';
comment on column main.decision_times.horizon_hours is 'Business hours up to which the mean looks.';
comment on column main.decision_times.normal_days is 'Declared normal, calendar days (benchmarks.decision_wait_days, for reviews and approvals approval_wait_days); null where none is declared.';
comment on column main.decision_times.overdue_share is 'Share of requests that waited longer than normal_days, open ones that did included; null without a declared normal, or where nobody was followed that far.';
comment on column main.decision_times.stable_p50_hours is 'Calendar hours within which half had a verdict that was not reversed.';
comment on column main.decision_times.stable_p85_hours is 'Calendar hours within which 85 % had one.';
comment on column main.decision_times.reversed is 'Verdicts that were reversed.';
comment on column main.decision_times.reversal_share is 'Share reversed among the verdicts whose window is over: decision churn.';
comment on column main.decision_times.reversal_low is 'Lower end of its 95 % interval.';
comment on column main.decision_times.reversal_high is 'Upper end of its 95 % interval.';
