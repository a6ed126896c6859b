-- What becomes of the attempts on each handoff, undecided attempts counted as censored.
-- Grain: one row per scope, from_stage, to_stage.
create table main.handoff_rates (
    scope varchar not null,
    from_stage varchar not null,
    to_stage varchar not null,
    from_role varchar not null,
    to_role varchar not null,
    attempts integer not null,
    items integer not null,
    accepted integer not null,
    rejected integer not null,
    recalled integer not null,
    dropped integer not null,
    undecided integer not null,
    late_returns integer not null,
    skips integer not null,
    rejection_rate double,
    rejection_low double,
    rejection_high double,
    first_pass_yield double,
    first_pass_low double,
    first_pass_high double,
    two_attempts_share double,
    two_attempts_low double,
    two_attempts_high double,
    three_attempts_share double,
    three_attempts_low double,
    three_attempts_high double,
    mean_attempts double,
    mean_attempts_low double,
    mean_attempts_high double,
    rework_days double not null,
    median_verdict_days double,
    horizon_days double,
    primary key (scope, from_stage, to_stage)
);

comment on table main.handoff_rates is 'What becomes of the attempts on each handoff, undecided ones counted as censored. One row per scope and pair of stages.';
comment on column main.handoff_rates.scope is 'organisation or team:<team>.';
comment on column main.handoff_rates.from_stage is 'Stage work is handed from.';
comment on column main.handoff_rates.to_stage is 'Stage work is handed to.';
comment on column main.handoff_rates.from_role is 'The sending role.';
comment on column main.handoff_rates.to_role is 'The receiving role.';
comment on column main.handoff_rates.attempts is 'Attempts to hand over that were seen: not those that ended before their source was watched.';
comment on column main.handoff_rates.items is 'Distinct items handed over.';
comment on column main.handoff_rates.accepted is 'Attempts accepted.';
comment on column main.handoff_rates.rejected is 'Attempts sent back, not by the sender.';
comment on column main.handoff_rates.recalled is 'Attempts taken back by the sender.';
comment on column main.handoff_rates.dropped is 'Attempts whose item was dropped before a verdict.';
comment on column main.handoff_rates.undecided is 'Attempts without a verdict at the snapshot.';
comment on column main.handoff_rates.late_returns is 'Accepted attempts whose item came back later.';
comment on column main.handoff_rates.skips is 'Attempts that jumped a stage.';
comment on column main.handoff_rates.rejection_rate is 'Probability that an attempt is rejected within the horizon (Aalen-Johansen).';
comment on column main.handoff_rates.rejection_low is 'Lower end of its 95 % interval.';
comment on column main.handoff_rates.rejection_high is 'Upper end of its 95 % interval.';
comment on column main.handoff_rates.first_pass_yield is 'Probability that a first attempt is accepted within the horizon.';
comment on column main.handoff_rates.first_pass_low is 'Lower end of its 95 % interval.';
comment on column main.handoff_rates.first_pass_high is 'Upper end of its 95 % interval.';
comment on column main.handoff_rates.two_attempts_share is 'Probability that an item needs at least two attempts to be accepted; items not accepted yet count up to the attempts that were decided.';
comment on column main.handoff_rates.two_attempts_low is 'Lower end of its 95 % interval.';
comment on column main.handoff_rates.two_attempts_high is 'Upper end of its 95 % interval.';
comment on column main.handoff_rates.three_attempts_share is 'Probability that it needs at least three.';
comment on column main.handoff_rates.three_attempts_low is 'Lower end of its 95 % interval.';
comment on column main.handoff_rates.three_attempts_high is 'Upper end of its 95 % interval.';
comment on column main.handoff_rates.mean_attempts is 'Mean number of attempts until acceptance; an item refused as often as any was counts as needing one more, which makes it a lower bound.';
comment on column main.handoff_rates.mean_attempts_low is 'Lower end of its 95 % interval.';
comment on column main.handoff_rates.mean_attempts_high is 'Upper end of its 95 % interval.';
comment on column main.handoff_rates.rework_days is 'Calendar days of rework after rejections, all attempts together, open rework so far; where several rejections of an item share time, it is the first one''s.';
comment on column main.handoff_rates.median_verdict_days is 'Median time to any verdict in days by Kaplan-Meier; null where it is not reached.';
comment on column main.handoff_rates.horizon_days is 'How long each attempt is followed, in days.';
