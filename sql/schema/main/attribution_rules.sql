-- What the rules cost that an item met: items of one team and month compared with one another.
-- Grain: one row per scope and rule.
create table main.attribution_rules (
    scope varchar not null,
    rule varchar not null,
    rule_kind varchar not null check (rule_kind in ('readiness', 'several_deciders', 'scope_changed')),
    evaluable varchar not null check (evaluable in ('evaluable', 'no_variation', 'entangled')),
    exposed_share double not null,
    met_days double,
    met_low double,
    met_high double,
    excess_days double,
    excess_low double,
    excess_high double,
    p_value double check (p_value between 0 and 1),
    is_cause boolean not null,
    primary key (scope, rule)
);

comment on table main.attribution_rules is 'What the rules that an item met cost: items of one team and month are compared with one another, so that differences between teams, months and nearly all people are removed. One row per scope and rule.';
comment on column main.attribution_rules.scope is 'organisation.';
comment on column main.attribution_rules.rule is 'Rule of readiness that was not met at the first handoff; several_deciders: several roles changed fields that one right governs; scope_changed: the scope was edited while it was built.';
comment on column main.attribution_rules.rule_kind is 'readiness, or the rule itself.';
comment on column main.attribution_rules.evaluable is 'Whether items of one team and month differ in it, in at least two of them (no_variation: they do not), and not only as in another rule (entangled).';
comment on column main.attribution_rules.exposed_share is 'Share of the items that met it.';
comment on column main.attribution_rules.met_days is 'Days that an item of mean duration that met the rule would be spared without it.';
comment on column main.attribution_rules.met_low is 'Lower end of its 95 % interval.';
comment on column main.attribution_rules.met_high is 'Upper end of its 95 % interval.';
comment on column main.attribution_rules.excess_days is 'Days that the average item would be spared without the rule.';
comment on column main.attribution_rules.excess_low is 'Lower end of its 95 % interval.';
comment on column main.attribution_rules.excess_high is 'Upper end of its 95 % interval.';
comment on column main.attribution_rules.p_value is 'Two-sided p-value, multiplied by the number of rules examined, in [0, 1].';
comment on column main.attribution_rules.is_cause is 'Whether it is shown to cost time, and enough of it to be a cause.';
