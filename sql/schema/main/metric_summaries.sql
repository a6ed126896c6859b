-- Each metric over the whole window, with its interval and its open items.
-- Grain: one row per metric, scope.
create table main.metric_summaries (
    metric varchar not null,
    scope varchar not null,
    estimate double,
    low double,
    high double,
    items integer not null check (items >= 0),
    open_items integer not null check (open_items >= 0),
    horizon_days double,
    primary key (metric, scope)
);

comment on table main.metric_summaries is 'Each metric over the whole window. One row per metric and scope.';
comment on column main.metric_summaries.metric is 'A metric of weekly_metrics, or on_time_rate_current (against the last date instead of the first), readiness_pass_rate_now (rules judged on the values of today), lead_time_days_p50, lead_time_days_p85, late_return_rate, silent_miss_rate (of the commitments whose original day is over).';
comment on column main.metric_summaries.scope is 'organisation, team:<team>, item_type:<type> or release:<release>.';
comment on column main.metric_summaries.estimate is 'The estimate, in days or as a share in 0 to 1 as its name says; null where too little is known, such as where no subject was watched from its beginning.';
comment on column main.metric_summaries.low is 'Lower end of the 95 % interval.';
comment on column main.metric_summaries.high is 'Upper end of the 95 % interval.';
comment on column main.metric_summaries.items is 'Subjects counted: not those that ended before their source was watched.';
comment on column main.metric_summaries.open_items is 'Those whose outcome is still open at the snapshot.';
comment on column main.metric_summaries.horizon_days is 'How long subjects are followed, in days: less than in weekly_metrics where nobody of the scope could be followed that far; null where the metric is known at once, and where no horizon was found.';
