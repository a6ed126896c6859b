-- Arrivals, departures and work in progress of each stage: whether it is in balance.
-- Grain: One row per stage.
create table main.stage_flow (
    stage varchar not null primary key,
    stage_kind varchar check (
        stage_kind in ('queue', 'active', 'decision', 'approval', 'external', 'parked')
    ),
    window_from timestamptz not null,
    window_to timestamptz not null,
    arrivals integer not null check (arrivals >= 0),
    departures integer not null check (departures >= 0),
    mean_work_in_progress double not null check (mean_work_in_progress >= 0),
    arrivals_per_week double not null check (arrivals_per_week >= 0),
    mean_residence_days double check (mean_residence_days >= 0),
    departure_ratio double check (departure_ratio >= 0),
    is_stationary boolean,
    check (window_from < window_to)
);

comment on table main.stage_flow is 'Arrivals, departures and work in progress of each stage: whether it is in balance. One row per stage.';
comment on column main.stage_flow.stage is 'The stage; under its status where it is mapped to none.';
comment on column main.stage_flow.stage_kind is 'Its kind.';
comment on column main.stage_flow.window_from is 'Beginning of the window, UTC: no sooner than every source that has the stage was watched.';
comment on column main.stage_flow.window_to is 'End of the window, UTC: the first snapshot of the sources that have the stage.';
comment on column main.stage_flow.arrivals is 'Stays that began in the window, and those that stood there when it opened.';
comment on column main.stage_flow.departures is 'Stays that ended in it.';
comment on column main.stage_flow.mean_work_in_progress is 'Time average of the items in the stage.';
comment on column main.stage_flow.arrivals_per_week is 'Arrivals per week of the window.';
comment on column main.stage_flow.mean_residence_days is 'Calendar days in the stage within the window per arrival; null without one.';
comment on column main.stage_flow.departure_ratio is 'Departures / stays that began in the window: what stood there at its beginning is no arrival here; null where none began.';
comment on column main.stage_flow.is_stationary is 'True where departure_ratio lies within 0.9 and 1.1: only then averages over the window describe a steady state; null where it is unknown.';
