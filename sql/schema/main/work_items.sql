-- Every work item of every source as it stands at the snapshot.
-- Grain: one row per item_id.
create table main.work_items (
    item_id varchar primary key,
    source varchar not null,
    kind varchar not null check (kind in ('ticket', 'pull_request')),
    key varchar not null,
    url varchar,
    title varchar,
    project varchar not null,
    team varchar not null,
    item_type varchar,
    is_subtask boolean not null,
    created_at timestamptz not null,
    observed_until timestamptz not null,
    stage varchar not null,
    stage_kind varchar check (
        stage_kind in ('queue', 'active', 'decision', 'approval', 'external', 'parked', 'done', 'dropped')
    ),
    status varchar not null,
    is_done boolean not null,
    done_at timestamptz,
    is_dropped boolean not null,
    dropped_at timestamptz,
    lead_time_days double check (lead_time_days >= 0),
    age_days double not null check (age_days >= 0),
    handoff_count integer not null check (handoff_count >= 0),
    reassignment_count integer not null check (reassignment_count >= 0),
    parent_id varchar,
    release varchar,
    clock_started_at timestamptz,
    clock_ended_at timestamptz
);

comment on table main.work_items is 'Every work item of every source as it stands at the snapshot. One row per item_id.';
comment on column main.work_items.item_id is 'Deterministic key: jira:<source>:<issue id>, or github:<source>:<repository>#<number>.';
comment on column main.work_items.source is 'Name of the source in roadworthy.toml.';
comment on column main.work_items.kind is 'ticket (an issue of either tracker) or pull_request.';
comment on column main.work_items.key is 'What people call it: PAY-12, or acme/web#34. May change when an issue moves.';
comment on column main.work_items.url is 'Address of the item for a browser.';
comment on column main.work_items.title is 'Summary as the tracker shows it now. Text of the tracker: data, never markup.';
comment on column main.work_items.project is 'Jira project key, or owner/repository.';
comment on column main.work_items.team is 'Team from [teams]; else the project.';
comment on column main.work_items.item_type is 'Issue type, or pull request.';
comment on column main.work_items.is_subtask is 'True for a part of another item; parts are never counted together with their parent.';
comment on column main.work_items.created_at is 'Instant of creation, UTC.';
comment on column main.work_items.observed_until is 'The snapshot instant up to which this item is known; every open interval ends here, censored.';
comment on column main.work_items.stage is 'Stage at the snapshot: the name in roadworthy.toml, else the status.';
comment on column main.work_items.stage_kind is 'queue, active, decision, approval, external, parked, done or dropped; null for a status mapped to no stage.';
comment on column main.work_items.status is 'Status in the words of the tracker.';
comment on column main.work_items.is_done is 'True where a done stage was entered and not left again before the snapshot.';
comment on column main.work_items.done_at is 'Instant of that entry, UTC; null while open or dropped.';
comment on column main.work_items.is_dropped is 'True where the item ended without being done.';
comment on column main.work_items.dropped_at is 'Instant at which it was dropped, UTC.';
comment on column main.work_items.lead_time_days is 'Creation to done in calendar days; null unless done, and where an import dates the end before the creation.';
comment on column main.work_items.age_days is 'Creation to the end of the item or, while open, to the snapshot, in calendar days.';
comment on column main.work_items.handoff_count is 'Attempts to hand it over so far.';
comment on column main.work_items.reassignment_count is 'Changes of assignee from one person to another inside one role; of any, where no roles are declared.';
comment on column main.work_items.parent_id is 'item_id of the parent; null where there is none or it was not fetched.';
comment on column main.work_items.release is 'Name of the fix version or milestone at the snapshot; the earliest by date where there are several.';
comment on column main.work_items.clock_started_at is 'Start of the clock of lead time and of latency components, UTC: creation, or the commitment where measures.clock_starts says so; null where the item has no clock.';
comment on column main.work_items.clock_ended_at is 'End of that clock, UTC: the end of the item or, while it is open, the snapshot; null where the item has no clock.';
