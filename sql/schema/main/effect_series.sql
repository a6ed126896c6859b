-- The series behind every effect: what was seen, and what would have been without the change.
-- Grain: one row per change, metric and bucket of entry.
create table main.effect_series (
    intervention varchar not null,
    metric varchar not null,
    bucket_on date not null,
    phase varchar not null check (phase in ('before', 'washout', 'after')),
    is_mature boolean not null,
    items integer not null check (items >= 0),
    open_items integer not null check (open_items >= 0),
    observed double,
    observed_low double,
    observed_high double,
    comparison double,
    counterfactual double,
    counterfactual_low double,
    counterfactual_high double,
    primary key (intervention, metric, bucket_on)
);

comment on table main.effect_series is 'The series behind every effect: what was seen, and what would have been without the change. One row per change, metric and bucket of entry.';
comment on column main.effect_series.intervention is 'Name of the change.';
comment on column main.effect_series.metric is 'As in intervention_effects.';
comment on column main.effect_series.bucket_on is 'First day of the week or month of entry.';
comment on column main.effect_series.phase is 'before the change, washout (its introduction, in which neither the old nor the new state holds) or after.';
comment on column main.effect_series.is_mature is 'Whether all of its items could be followed long enough; if not it is counted, and has no value.';
comment on column main.effect_series.items is 'Items (attempts, requests, promises) that entered in it.';
comment on column main.effect_series.open_items is 'Those of them still open at the snapshot.';
comment on column main.effect_series.observed is 'What was seen of the teams concerned, adjusted to the mix of work before the change, in the unit of the metric: days, or share.';
comment on column main.effect_series.observed_low is 'Lower end of its 95 % interval from sampling alone.';
comment on column main.effect_series.observed_high is 'Upper end of its 95 % interval from sampling alone.';
comment on column main.effect_series.comparison is 'The same for the comparison teams, in days or as a share; null where there are none.';
comment on column main.effect_series.counterfactual is 'What the teams concerned would have had without the change, in days or as a share; null in buckets before it.';
comment on column main.effect_series.counterfactual_low is 'Lower end of the 95 % interval of that.';
comment on column main.effect_series.counterfactual_high is 'Upper end of the 95 % interval of that.';
