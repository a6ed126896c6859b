-- What was asked of every effect, and the figures of the answers.
-- Grain: one row per change, metric and diagnostic.
create table main.effect_diagnostics (
    intervention varchar not null,
    metric varchar not null,
    diagnostic varchar not null,
    outcome varchar not null check (outcome in ('clear', 'caveat', 'not_evaluable')),
    value double,
    low double,
    high double,
    expected double,
    primary key (intervention, metric, diagnostic)
);

comment on table main.effect_diagnostics is 'The tests that every effect was put to, and their figures. One row per change, metric and diagnostic.';
comment on column main.effect_diagnostics.intervention is 'Name of the change.';
comment on column main.effect_diagnostics.metric is 'As in intervention_effects.';
comment on column main.effect_diagnostics.diagnostic is 'Name of the test: docs/metrics.md explains each.';
comment on column main.effect_diagnostics.outcome is 'clear, caveat (it speaks against the effect, whose caveats say so) or not_evaluable (these data cannot answer it).';
comment on column main.effect_diagnostics.value is 'Its figure: effects as logarithms of a ratio for metrics in days and for volumes, as differences of shares for the others; shares and probabilities in [0, 1].';
comment on column main.effect_diagnostics.low is 'Lower end of its 95 % interval, or of its range; null where it has none.';
comment on column main.effect_diagnostics.high is 'Upper end of its 95 % interval, or of its range; null where it has none.';
comment on column main.effect_diagnostics.expected is 'What the value is compared with, in its unit: a logarithm of a ratio, a difference of shares, a share.';
