-- How much of its time work is worked on, as a range: no single number is true.
-- Grain: One row per scope.
create table main.flow_efficiency (
    scope varchar not null,
    items integer not null check (items >= 0),
    open_items integer not null check (open_items >= 0),
    touch_low_hours double,
    touch_high_hours double,
    elapsed_hours double,
    efficiency_low double,
    efficiency_low_low double,
    efficiency_low_high double,
    efficiency_high double,
    efficiency_high_low double,
    efficiency_high_high double,
    horizon_hours double,
    primary key (scope)
);

comment on table main.flow_efficiency is 'How much of its time work is worked on, as a range: no single number is true. One row per scope.';
comment on column main.flow_efficiency.scope is 'organisation, team:<team>, item_type:<type> or release:<release>.';
comment on column main.flow_efficiency.items is 'Items whose clock ran; sub-tasks are left out.';
comment on column main.flow_efficiency.open_items is 'Items not ended at the snapshot.';
comment on column main.flow_efficiency.touch_low_hours is 'Business hours per item within the horizon in sessions of activity (commits, edits, comments by the role that owns the stage): the least.';
comment on column main.flow_efficiency.touch_high_hours is 'Business hours per item in active stages: the most.';
comment on column main.flow_efficiency.elapsed_hours is 'Business hours per item within the horizon.';
comment on column main.flow_efficiency.efficiency_low is 'touch_low_hours / elapsed_hours.';
comment on column main.flow_efficiency.efficiency_low_low is 'Lower end of its 95 % interval.';
comment on column main.flow_efficiency.efficiency_low_high is 'Upper end of its 95 % interval.';
comment on column main.flow_efficiency.efficiency_high is 'touch_high_hours / elapsed_hours.';
comment on column main.flow_efficiency.efficiency_high_low is 'Lower end of its 95 % interval.';
comment on column main.flow_efficiency.efficiency_high_high is 'Upper end of its 95 % interval.';
comment on column main.flow_efficiency.horizon_hours is 'Business hours up to which it looks.';
