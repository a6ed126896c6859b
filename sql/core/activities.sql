-- What people did on every work item besides changing its fields; that they did, not what they said.
-- Grain: one row per item_id, activity_id.
-- Reads: staging.activities.
create table core.activities as
select
    activities.item_id,
    activities.activity_id,
    activities.kind,
    aliases.actor_id,
    activities.has_text,
    activities.acted_at
from staging.activities as activities
left join aliases on activities.source = aliases.source and activities.account = aliases.alias
order by activities.item_id, activities.acted_at, activities.activity_id;

comment on table core.activities is 'What people did on every work item besides changing its fields. One row per item_id and activity_id.';
comment on column core.activities.item_id is 'The work item.';
comment on column core.activities.activity_id is 'Id within the item: comment:<id>, line_comment:<id>, worklog:<id>, review:<id>, commit:<sha>; for the last two the change_group of the event in core.field_changes.';
comment on column core.activities.kind is 'comment, commit, review or worklog.';
comment on column core.activities.actor_id is 'Pseudonym of whoever did it; null where the tracker names no account, as for every commit.';
comment on column core.activities.has_text is 'True where a comment, review or entry of work says something in words, false where it does not; null where that is not known. The words are not kept here.';
comment on column core.activities.acted_at is 'Instant of the activity, UTC.';
