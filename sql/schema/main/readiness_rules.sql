-- How each rule of the definition of ready fares.
-- Grain: one row per scope, rule.
create table main.readiness_rules (
    scope varchar not null,
    rule varchar not null,
    rule_number integer not null,
    checks integer not null,
    passes integer not null,
    fails integer not null,
    not_evaluable integer not null,
    sole_fails integer not null,
    fail_rate double,
    fail_low double,
    fail_high double,
    passes_now integer not null,
    filled_later integer not null,
    rejected_when_failed double,
    rejected_when_passed double,
    rejection_lift double,
    lift_low double,
    lift_high double,
    late_fill_share double,
    never_filled_share double,
    median_fill_days double check (median_fill_days >= 0),
    debt_days double check (debt_days >= 0),
    primary key (scope, rule)
);

comment on table main.readiness_rules is 'How each rule of the definition of ready fares at the handoff it guards. One row per scope and rule.';
comment on column main.readiness_rules.scope is 'organisation or team:<team>.';
comment on column main.readiness_rules.rule is 'Name of the rule.';
comment on column main.readiness_rules.rule_number is 'Position of the rule in roadworthy.toml, from 1.';
comment on column main.readiness_rules.checks is 'Handoffs at which the rule was checked.';
comment on column main.readiness_rules.passes is 'Checks passed as of the handoff.';
comment on column main.readiness_rules.fails is 'Checks failed as of the handoff.';
comment on column main.readiness_rules.not_evaluable is 'Checks that could not be evaluated.';
comment on column main.readiness_rules.sole_fails is 'Handoffs at which this was the only rule that failed.';
comment on column main.readiness_rules.fail_rate is 'fails over passes and fails.';
comment on column main.readiness_rules.fail_low is 'Lower end of its 95 % interval.';
comment on column main.readiness_rules.fail_high is 'Upper end of its 95 % interval.';
comment on column main.readiness_rules.passes_now is 'Checks that would pass on the values of today: the record after repair.';
comment on column main.readiness_rules.filled_later is 'Checks failed at the handoff whose rule passed at a later instant.';
comment on column main.readiness_rules.rejected_when_failed is 'Share of decided handoffs rejected where the rule failed.';
comment on column main.readiness_rules.rejected_when_passed is 'Share of decided handoffs rejected where the rule passed. The difference is unadjusted.';
comment on column main.readiness_rules.rejection_lift is 'Rejection where the rule fails relative to where it passes, other rules, and whether the item had been checked before, held equal within team and month (linear probability model): 1 predicts nothing.';
comment on column main.readiness_rules.lift_low is 'Lower end of its 95 % interval, bootstrap over team and month. A rule whose interval covers 1 is a candidate for deletion.';
comment on column main.readiness_rules.lift_high is 'Upper end of its 95 % interval.';
comment on column main.readiness_rules.late_fill_share is 'Share of the failures that first passed after acceptance.';
comment on column main.readiness_rules.never_filled_share is 'Share of the failures not filled in by the end of the item: 1 less the cumulative incidence.';
comment on column main.readiness_rules.median_fill_days is 'Calendar days from the handoff within which half of the failures were filled in; null where fewer ever are.';
comment on column main.readiness_rules.debt_days is 'Calendar days of debt per failure, so far.';
