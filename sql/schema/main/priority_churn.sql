-- How often priorities change after commitment, and how often back.
-- Grain: One row per scope.
create table main.priority_churn (
    scope varchar not null,
    changes integer not null check (changes >= 0),
    items integer not null check (items >= 0),
    item_weeks double not null check (item_weeks >= 0),
    changes_per_100_item_weeks double check (changes_per_100_item_weeks >= 0),
    changes_low double,
    changes_high double,
    reversal_share double,
    mid_build_share double,
    verdict varchar not null check (verdict in ('measured', 'insufficient_data')),
    primary key (scope)
);

comment on table main.priority_churn is 'How often priorities change after commitment, and how often back. One row per scope.';
comment on column main.priority_churn.scope is 'organisation, team:<team>, item_type:<type> or release:<release>.';
comment on column main.priority_churn.changes is 'Changes of priority by people, not in bulk, from the commitment to the end of the item.';
comment on column main.priority_churn.items is 'Committed items that have a priority; sub-tasks are left out.';
comment on column main.priority_churn.item_weeks is 'Weeks from commitment to end or snapshot, summed over the items: the exposure.';
comment on column main.priority_churn.changes_per_100_item_weeks is 'Changes per 100 item-weeks at risk.';
comment on column main.priority_churn.changes_low is 'Lower end of its 95 % interval, cluster bootstrap.';
comment on column main.priority_churn.changes_high is 'Upper end of its 95 % interval.';
comment on column main.priority_churn.reversal_share is 'Share of the changes that bring back a priority the item had before within the window (A to B to A).';
comment on column main.priority_churn.mid_build_share is 'Share made while the item was in an active stage.';
comment on column main.priority_churn.verdict is 'insufficient_data below ten changes: the rate stands, the shares are null.';
