-- How long work stays in each stage, open stays counted as censored.
-- Grain: one row per scope, stage.
create table main.stage_durations (
    scope varchar not null,
    stage varchar not null,
    stage_rank integer not null,
    stage_kind varchar check (
        stage_kind in ('queue', 'active', 'decision', 'approval', 'external', 'parked')
    ),
    owner_role varchar,
    visits integer not null,
    open_visits integer not null,
    repeat_visits integer not null,
    items integer not null,
    total_days double not null,
    p50_days double,
    p85_days double,
    mean_days double,
    mean_low double,
    mean_high double,
    first_p50_days double,
    first_p85_days double,
    first_mean_days double,
    repeat_p50_days double,
    repeat_p85_days double,
    repeat_mean_days double,
    horizon_days double,
    primary key (scope, stage)
);

comment on table main.stage_durations is 'How long work stays in each stage, open stays counted as censored. One row per scope and stage; done and dropped left out.';
comment on column main.stage_durations.scope is 'organisation or team:<team>.';
comment on column main.stage_durations.stage is 'The stage.';
comment on column main.stage_durations.stage_rank is 'Position in the order of flow, from 0.';
comment on column main.stage_durations.stage_kind is 'queue, active, decision, approval, external or parked; null where a status is mapped to no stage.';
comment on column main.stage_durations.owner_role is 'Role that owns the stage.';
comment on column main.stage_durations.visits is 'Stays in the stage that were seen: not those that ended before their source was watched, nor the draft of no length of a pull request opened for review.';
comment on column main.stage_durations.open_visits is 'Stays still open at the snapshot.';
comment on column main.stage_durations.repeat_visits is 'Stays of an item that had been there before: work that came back.';
comment on column main.stage_durations.items is 'Distinct items.';
comment on column main.stage_durations.total_days is 'Calendar days of all stays together, open ones to the snapshot.';
comment on column main.stage_durations.p50_days is 'Median stay in days by Kaplan-Meier; null where fewer than half of the stays ended.';
comment on column main.stage_durations.p85_days is '85th percentile of the stay in days by Kaplan-Meier; null where it is not reached.';
comment on column main.stage_durations.mean_days is 'Restricted mean stay in days within the horizon, open stays counted.';
comment on column main.stage_durations.mean_low is 'Lower end of its 95 % interval.';
comment on column main.stage_durations.mean_high is 'Upper end of its 95 % interval.';
comment on column main.stage_durations.first_p50_days is 'Days by which half of the first stays of an item in the stage had ended.';
comment on column main.stage_durations.first_p85_days is 'Days by which 85 % of them had.';
comment on column main.stage_durations.first_mean_days is 'Mean days of first stays within the horizon; null where they were not followed that far.';
comment on column main.stage_durations.repeat_p50_days is 'Days by which half of the repeated stays had ended: rework.';
comment on column main.stage_durations.repeat_p85_days is 'Days by which 85 % of them had.';
comment on column main.stage_durations.repeat_mean_days is 'Mean days of repeated stays within the horizon; null where they were not followed that far.';
comment on column main.stage_durations.horizon_days is 'The horizon of the restricted means, in days: that of time_in_stage_days, less where nobody of the scope was followed that far; null where no stay was watched from its beginning.';
