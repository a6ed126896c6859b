-- How the date of each release moved against time: whether it converges.
-- Grain: One row per subject_id.
create table main.forecast_drift (
    subject_id varchar not null primary key,
    subject varchar,
    team varchar,
    committed_at timestamptz not null,
    shipped_at timestamptz,
    points integer not null check (points >= 0),
    drift_rate double,
    drift_low double,
    drift_high double,
    convergence double,
    estimating_quality double,
    forecast_bias double,
    is_lower_bound boolean not null
);

comment on table main.forecast_drift is 'How the date of each release moved against time: whether it converges. One row per subject_id.';
comment on column main.forecast_drift.subject_id is 'The release.';
comment on column main.forecast_drift.subject is 'Its name.';
comment on column main.forecast_drift.team is 'Its team.';
comment on column main.forecast_drift.committed_at is 'Instant at which its date was first promised, UTC.';
comment on column main.forecast_drift.shipped_at is 'Instant at which it was out, UTC; null while it is not.';
comment on column main.forecast_drift.points is 'Weekly readings of the date, while it had one, from the commitment to the end or the snapshot.';
comment on column main.forecast_drift.drift_rate is 'Days slipped per day elapsed (Theil-Sen slope): 0 holds, 1 never arrives. Null below three readings.';
comment on column main.forecast_drift.drift_low is 'Lower end of its 95 % interval.';
comment on column main.forecast_drift.drift_high is 'Upper end of its 95 % interval.';
comment on column main.forecast_drift.convergence is 'Drift rate of the last third less that of the first: negative converges. Null below nine readings.';
comment on column main.forecast_drift.estimating_quality is 'EQF of DeMarco, a ratio, for a shipped release: higher is better; null where open, and where the date was right throughout.';
comment on column main.forecast_drift.forecast_bias is 'Mean ratio of forecast to actual days to delivery, weekly readings of a shipped release: below 1 is optimism.';
comment on column main.forecast_drift.is_lower_bound is 'True: a release date has no history before it was first seen.';
