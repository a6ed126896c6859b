-- Every change of every field of every work item, of every tracker: what core makes its histories of.
-- Grain: one row per item_id, change_group, ordinal.
-- Reads: staging.jira_changes, staging.github_changes.
create view staging.changes as
with

changes as (
    select * from staging.jira_changes
    union all by name
    select * from staging.github_changes
)

select
    item_id,
    change_group,
    ordinal,
    position,
    source,
    account,
    field,
    field_id,
    is_member,
    is_custom,
    from_id,
    from_text,
    to_id,
    to_text,
    changed_at
from changes;

comment on view staging.changes is 'Every change of every field of every work item, of every tracker. One row per item_id, change_group and ordinal.';
comment on column staging.changes.item_id is 'The work item.';
comment on column staging.changes.change_group is 'Id of the history or event; all changes of one group take effect together.';
comment on column staging.changes.ordinal is 'Position in the group, from 0.';
comment on column staging.changes.position is 'Order among the changes of one instant; null where the tracker does not tell.';
comment on column staging.changes.source is 'Name of the source.';
comment on column staging.changes.account is 'Account of the actor; null where the tracker names none.';
comment on column staging.changes.field is 'Name of the field: status, assignee, priority, duedate, resolution, labels, parent, summary for what every tracker has, else as people see it.';
comment on column staging.changes.field_id is 'Id of the field where it is known.';
comment on column staging.changes.is_member is 'True where the change adds or removes one member of a set, false where it carries whole values.';
comment on column staging.changes.is_custom is 'True for a field made by the users, the texts of which may name a person.';
comment on column staging.changes.from_id is 'Id of the value before, or the member removed; null where there was none. Of a person the account.';
comment on column staging.changes.from_text is 'Text of the value before, as it was called at the time.';
comment on column staging.changes.to_id is 'Id of the value after, or the member added; null where there is none. Of a person the account.';
comment on column staging.changes.to_text is 'Text of the value after, as it was called at the time.';
comment on column staging.changes.changed_at is 'Instant of the change, UTC.';
