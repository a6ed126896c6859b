-- The names under which Jira's changelogs have spelt its own fields over the years.
-- Grain: one row per spelling.
create table staging.jira_field_names as
from (
    values
    ('fix version', 'fixVersions', true), ('fixversions', 'fixVersions', true),
    ('version', 'versions', true), ('versions', 'versions', true), ('affects version/s', 'versions', true),
    ('component', 'components', true), ('components', 'components', true),
    ('link', 'issuelinks', true), ('issuelinks', 'issuelinks', true),
    ('attachment', 'attachment', true),
    ('labels', 'labels', false),
    ('status', 'status', false), ('resolution', 'resolution', false), ('priority', 'priority', false),
    ('issuetype', 'issuetype', false), ('issue type', 'issuetype', false), ('type', 'issuetype', false),
    ('project', 'project', false), ('key', 'key', false),
    ('parent', 'parent', false), ('issueparentassociation', 'parent', false),
    ('summary', 'summary', false), ('description', 'description', false),
    ('environment', 'environment', false), ('duedate', 'duedate', false), ('due date', 'duedate', false),
    ('assignee', 'assignee', false), ('reporter', 'reporter', false), ('security', 'security', false),
    ('timeoriginalestimate', 'timeoriginalestimate', false), ('timeestimate', 'timeestimate', false),
    ('timespent', 'timespent', false)
) as names (spelling, field, is_member);

comment on table staging.jira_field_names is 'The names under which Jira changelogs have spelt its own fields. One row per spelling.';
comment on column staging.jira_field_names.spelling is 'Name in a changelog, in lower case.';
comment on column staging.jira_field_names.field is 'The name used here: the id the REST interface gives the field.';
comment on column staging.jira_field_names.is_member is 'True where a change adds or removes one member of a set, false where it carries whole values.';
