-- Every rule of the definition of ready, judged on the item as it stood at the handoff.
-- Grain: one row per handoff_id, rule.
create table main.readiness_checks (
    handoff_id varchar not null,
    item_id varchar not null,
    team varchar not null,
    rule varchar not null,
    checked_at timestamptz not null,
    outcome varchar not null check (outcome in ('pass', 'fail', 'not_evaluable')),
    outcome_now varchar not null check (outcome_now in ('pass', 'fail', 'not_evaluable')),
    passed_at timestamptz,
    debt_days double check (debt_days >= 0),
    is_filled_late boolean,
    is_in_force boolean not null,
    primary key (handoff_id, rule)
);

comment on table main.readiness_checks is 'Every rule of the definition of ready, judged on the item as it stood at the handoff. One row per handoff and rule.';
comment on column main.readiness_checks.handoff_id is 'The handoff that was checked.';
comment on column main.readiness_checks.item_id is 'The work item.';
comment on column main.readiness_checks.team is 'Team of the item.';
comment on column main.readiness_checks.rule is 'Name of the rule in [definition_of_ready].';
comment on column main.readiness_checks.checked_at is 'Instant of the handoff, UTC; edits made in the same click count.';
comment on column main.readiness_checks.outcome is 'pass, fail, or not_evaluable: the item type is out of scope or the field cannot be known at that instant.';
comment on column main.readiness_checks.outcome_now is 'The same rule on the values of today; the difference is hindsight, not readiness.';
comment on column main.readiness_checks.passed_at is 'First instant from the handoff on at which the rule passed, UTC; null where it never did.';
comment on column main.readiness_checks.debt_days is 'For a rule that failed: calendar days from the handoff until it passed, while the item was at or after the receiving stage; null where it did not fail.';
comment on column main.readiness_checks.is_filled_late is 'For a rule that failed: true where it first passed after the handoff had been accepted, false where it passed before or never did; null where it did not fail.';
comment on column main.readiness_checks.is_in_force is 'False where the handoff happened before the rule was introduced: a counterfactual.';
