-- Every account that a payload of any tracker names; pseudonyms are made of them.
-- Grain: one row per source, account.
-- Reads: staging.jira_accounts, staging.github_accounts.
create view staging.accounts as
with

accounts as (
    select * from staging.jira_accounts
    union all by name
    select * from staging.github_accounts
)

select
    source,
    account,
    logins,
    display_names,
    addresses,
    is_bot
from accounts;

comment on view staging.accounts is 'Every account that a payload of any tracker names. One row per source and account.';
comment on column staging.accounts.source is 'Name of the source.';
comment on column staging.accounts.account is 'Account id, or what else tells one account from another.';
comment on column staging.accounts.logins is 'Login names seen with it.';
comment on column staging.accounts.display_names is 'Names seen with it.';
comment on column staging.accounts.addresses is 'Keyed hashes of the e-mail addresses seen with it; the addresses themselves are not kept.';
comment on column staging.accounts.is_bot is 'True for the account of an application.';
