-- What people did on every work item besides changing its fields; that they did, not what they said.
-- Grain: one row per item_id, activity_id.
-- Reads: staging.jira_activities, staging.github_activities.
create view staging.activities as
with

activities as (
    select * from staging.jira_activities
    union all by name
    select * from staging.github_activities
)

select
    item_id,
    activity_id,
    source,
    account,
    kind,
    has_text,
    acted_at
from activities;

comment on view staging.activities is 'What people did on every work item besides changing its fields. One row per item_id and activity_id.';
comment on column staging.activities.item_id is 'The work item.';
comment on column staging.activities.activity_id is 'Id within the item, with its kind before it, as in comment:<id>.';
comment on column staging.activities.source is 'Name of the source.';
comment on column staging.activities.account is 'Account of whoever did it; null where the tracker names none.';
comment on column staging.activities.kind is 'comment, commit, review or worklog.';
comment on column staging.activities.has_text is 'True where it says something in words, false where it does not; null where that is not known.';
comment on column staging.activities.acted_at is 'Instant of the activity, UTC.';
