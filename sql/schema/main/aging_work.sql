-- Every open item, how old its stay is, and how long such stays last.
-- Grain: One row per item_id.
create table main.aging_work (
    item_id varchar not null primary key,
    team varchar not null,
    item_type varchar,
    stage varchar not null,
    stage_kind varchar check (
        stage_kind in ('queue', 'active', 'decision', 'approval', 'external', 'parked')
    ),
    entered_at timestamptz not null,
    age_days double not null check (age_days >= 0),
    item_age_days double not null check (item_age_days >= 0),
    p85_days double check (p85_days >= 0),
    is_overdue boolean,
    expected_remaining_days double
);

comment on table main.aging_work is 'Every open item, how old its stay is, and how long such stays last. One row per item_id.';
comment on column main.aging_work.item_id is 'The work item.';
comment on column main.aging_work.team is 'Team of the item.';
comment on column main.aging_work.item_type is 'Type of the item at the snapshot.';
comment on column main.aging_work.stage is 'Stage it is in.';
comment on column main.aging_work.stage_kind is 'Kind of that stage.';
comment on column main.aging_work.entered_at is 'Instant at which it entered, UTC.';
comment on column main.aging_work.age_days is 'Calendar days of this stay so far; not the age of the item, which work_items has under this name.';
comment on column main.aging_work.item_age_days is 'Calendar days since the item began: its creation, or an earlier change.';
comment on column main.aging_work.p85_days is 'Days within which 85 % of the stays in this stage ended (Kaplan-Meier, before the first intervention); null where the curve does not reach it.';
comment on column main.aging_work.is_overdue is 'True where age_days is more than p85_days; null where that is unknown.';
comment on column main.aging_work.expected_remaining_days is 'Mean further days of stays that reached this age, within the longest stay seen; null beyond it.';
