-- What durations would be at the pace at which work of every age ended since a change.
-- Grain: one row per change not yet half a year old and metric in days.
create table main.early_signals (
    intervention varchar not null,
    metric varchar not null,
    days_after integer not null check (days_after >= 0),
    ratio double not null check (ratio >= 0),
    ratio_low double not null check (ratio_low >= 0),
    ratio_high double not null check (ratio_high >= 0),
    probability_improved double not null check (probability_improved between 0 and 1),
    windows_before integer not null,
    windows_after integer not null,
    primary key (intervention, metric)
);

comment on table main.early_signals is 'Early signals, not verdicts: what durations would be at the pace at which work of every age, old work included, ended since a change (period life table). One row per change not yet half a year old and metric in days.';
comment on column main.early_signals.intervention is 'Name of the change.';
comment on column main.early_signals.metric is 'As in intervention_effects.';
comment on column main.early_signals.days_after is 'Days from the change to the snapshot.';
comment on column main.early_signals.ratio is 'Ratio of the duration at the pace since the change to that at the pace expected without it.';
comment on column main.early_signals.ratio_low is 'Lower end of its 95 % interval.';
comment on column main.early_signals.ratio_high is 'Upper end of its 95 % interval.';
comment on column main.early_signals.probability_improved is 'Probability that the pace is faster, in [0, 1].';
comment on column main.early_signals.windows_before is 'Windows of four weeks before the change.';
comment on column main.early_signals.windows_after is 'Windows of four weeks since the change.';
