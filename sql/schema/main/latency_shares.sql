-- Days per item in each component, open items counted: they sum to the mean latency within the horizon.
-- Grain: One row per scope and component.
create table main.latency_shares (
    scope varchar not null,
    component varchar not null,
    cause_kind varchar not null check (
        cause_kind in (
            'external', 'decision_wait', 'approval_wait', 'rework', 'scope_rework', 'queue', 'touch', 'parked', 'unmapped'
        )
        and cause_kind = split_part(component, ':', 1)
    ),
    days_per_item double not null,
    low double,
    high double,
    share double,
    share_low double,
    share_high double,
    latency_days double not null,
    items integer not null check (items >= 0),
    open_items integer not null check (open_items >= 0),
    horizon_days double,
    primary key (scope, component)
);

comment on table main.latency_shares is 'Days per item in each component, open items counted: they sum to the mean latency within the horizon. One row per scope and component.';
comment on column main.latency_shares.scope is 'organisation, team:<team>, item_type:<type> or release:<release>.';
comment on column main.latency_shares.component is 'As in latency_components.';
comment on column main.latency_shares.cause_kind is 'The word before the colon.';
comment on column main.latency_shares.days_per_item is 'Mean calendar days per item within horizon_days (state occupation).';
comment on column main.latency_shares.low is 'Lower end of its 95 % interval, bootstrap over team and week of entry.';
comment on column main.latency_shares.high is 'Upper end of its 95 % interval.';
comment on column main.latency_shares.share is 'Share of the latency; null where there is none.';
comment on column main.latency_shares.share_low is 'Lower end of its 95 % interval.';
comment on column main.latency_shares.share_high is 'Upper end of its 95 % interval.';
comment on column main.latency_shares.latency_days is 'Mean latency within horizon_days: the sum over the components.';
comment on column main.latency_shares.items is 'Items whose clock ran; sub-tasks are left out.';
comment on column main.latency_shares.open_items is 'Items not ended at the snapshot.';
comment on column main.latency_shares.horizon_days is 'Days from the start of the clock up to which the means look.';
