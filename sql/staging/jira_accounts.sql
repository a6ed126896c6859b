-- Every account that a Jira payload names.
-- Grain: one row per source, account.
-- Reads: staging.jira_people, staging.jira_told_values, raw.records. A table: it is read more than once.
create table staging.jira_accounts as
with

named as (
    select
        source,
        person,
        false as is_member
    from staging.jira_people

    union all

    -- Whoever is only ever seen in a group has an account too; who was in it once has one still.
    select
        source,
        unnest(from_json(payload -> '$.members', '["JSON"]')) as person,
        true as is_member
    from raw.records
    where
        tracker = 'jira'
        and resource = 'groups'
),

people as (
    -- Each once: all the entries of all histories name the same few.
    select distinct
        source,
        coalesce(person ->> '$.accountId', person ->> '$.key') as id,
        person ->> '$.name' as login,
        person ->> '$.displayName' as display_name,
        person ->> '$.emailAddress' as address,
        person ->> '$.accountType' as account_type,
        is_member
    from named
),

identified as (
    select
        *,
        case
            when id is not null then id
            -- A Data Center names who holds a project role by login alone: no account beside the one it belongs to.
            when is_member and count(id) over (partition by source, lower(login)) > 0 then null
            else login
        end as account
    from people
),

-- Whoever was only ever assigned, or named as the reporter, has an account too; not a second one by their login.
held as (
    select
        told.source,
        told.value_id as account,
        told.value_text as display_name
    from staging.jira_told_values as told
    anti join identified as logins
        on
            told.source = logins.source
            and lower(told.value_id) = lower(logins.login)
            and told.value_id <> logins.account
    where not told.is_custom and told.field <> 'key'
),

everybody as (
    select source, account, login, display_name, address, account_type from identified
    union all by name
    select source, account, display_name from held
)

select
    source,
    account,
    coalesce(list_sort(list_distinct(list(login) filter (where login is not null))), []) as logins,
    coalesce(list_sort(list_distinct(list(display_name) filter (where display_name is not null))), []) as display_names,
    coalesce(list_sort(list_distinct(list(address) filter (where address is not null))), []) as addresses,
    coalesce(bool_or(account_type = 'app'), false) as is_bot
from everybody
where account is not null
group by source, account;

comment on table staging.jira_accounts is 'Every account that a Jira payload names. One row per source and account.';
comment on column staging.jira_accounts.source is 'Name of the source.';
comment on column staging.jira_accounts.account is 'Account id; on older servers the key or the name.';
comment on column staging.jira_accounts.logins is 'Login names seen with it.';
comment on column staging.jira_accounts.display_names is 'Names seen with it.';
comment on column staging.jira_accounts.addresses is 'Keyed hashes of the e-mail addresses seen with it; the addresses themselves are not kept.';
comment on column staging.jira_accounts.is_bot is 'True for the account of an application.';
