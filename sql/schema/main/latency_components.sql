-- Where the time of each item went: every second of its clock has one owner.
-- Grain: One row per item_id and component.
create table main.latency_components (
    item_id varchar not null,
    team varchar not null,
    item_type varchar,
    component varchar not null,
    cause_kind varchar not null check (
        cause_kind in (
            'external', 'decision_wait', 'approval_wait', 'rework', 'scope_rework', 'queue', 'touch', 'parked', 'unmapped'
        )
        and cause_kind = split_part(component, ':', 1)
    ),
    days double not null check (days > 0),
    microseconds bigint not null check (microseconds > 0),
    primary key (item_id, component)
);

comment on table main.latency_components is 'Where the time of each item went: every second of its clock has one owner. One row per item_id and component.';
comment on column main.latency_components.item_id is 'The work item.';
comment on column main.latency_components.team is 'Team of the item.';
comment on column main.latency_components.item_type is 'Type of the item at the snapshot.';
comment on column main.latency_components.component is 'external, decision_wait:<right or stage>, approval_wait:<stage>, rework:<from stage>-><to stage>, scope_rework, queue:<stage>, touch:<stage>, parked, or unmapped:<status>.';
comment on column main.latency_components.cause_kind is 'The word before the colon.';
comment on column main.latency_components.days is 'Calendar days. Those of an item sum to the time from the start of its clock to its end or the snapshot.';
comment on column main.latency_components.microseconds is 'The same in whole microseconds, in which the sum is exact.';
