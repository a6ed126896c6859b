-- Every key that a Jira issue has or ever had: one that moved keeps being called by its old one.
-- Grain: one row per item_id, key.
-- Reads: staging.jira_issues, staging.jira_told_values.
create view staging.jira_keys as
with

keys as (
    select item_id, issue_key as key from staging.jira_issues
    union
    select item_id, value_text as key
    from staging.jira_told_values
    where field = 'key' and not is_custom
)

select
    item_id,
    key
from keys
where key is not null;

comment on view staging.jira_keys is 'Every key that a Jira issue has or ever had. One row per item_id and key.';
comment on column staging.jira_keys.item_id is 'The work item.';
comment on column staging.jira_keys.key is 'The key, as in PAY-12.';
