-- Each metric by the week in which its subjects entered, with its interval and its open items.
-- Grain: one row per metric, scope, week_on.
create table main.weekly_metrics (
    metric varchar not null,
    scope varchar not null,
    week_on date not null,
    estimate double,
    low double,
    high double,
    items integer not null check (items >= 0),
    open_items integer not null check (open_items >= 0),
    is_mature boolean not null,
    horizon_days double,
    primary key (metric, scope, week_on)
);

comment on table main.weekly_metrics is 'Each metric by ISO week of entry (creation, commitment, handoff, stay, request or change), never of completion. One row per metric, scope and week.';
comment on column main.weekly_metrics.metric is 'rejection_rate, first_pass_yield, readiness_pass_rate, on_time_rate, slip_rate, contest_rate, intake_bypass_rate (shares in 0 to 1), lead_time_days, decision_days, approval_days, rework_days, time_in_stage_days:<stage>. Sub-tasks are never counted together with their parents.';
comment on column main.weekly_metrics.scope is 'organisation, team:<team> or item_type:<type>.';
comment on column main.weekly_metrics.week_on is 'Monday of the ISO week of entry, in the configured time zone.';
comment on column main.weekly_metrics.estimate is 'The estimate for that week with open items as censored, in days or as a share in 0 to 1 as its name says; null while the week is not mature.';
comment on column main.weekly_metrics.low is 'Lower end of the 95 % interval.';
comment on column main.weekly_metrics.high is 'Upper end of the 95 % interval.';
comment on column main.weekly_metrics.items is 'Subjects that entered in that week and had not ended before their source was watched.';
comment on column main.weekly_metrics.open_items is 'Those whose outcome is still open at the snapshot.';
comment on column main.weekly_metrics.is_mature is 'True where every subject of the week was watched from its beginning and entered so long before the snapshot that it could be followed for the whole horizon, ended or not; for a metric without a horizon, where every outcome is known.';
comment on column main.weekly_metrics.horizon_days is 'How long each subject is followed, in days; null where the metric is known at once, and where no horizon was found, such as where no subject was watched from its beginning.';
