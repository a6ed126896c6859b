-- The accounts that [roles] declares to be bots, whatever kind of account the tracker says they are.
-- Grain: one row per source, account.
create table staging.declared_bots (
    source varchar not null,
    account varchar not null,
    primary key (source, account)
);

comment on table staging.declared_bots is 'The accounts that [roles] declares to be bots. One row per source and account.';
comment on column staging.declared_bots.source is 'Name of the source.';
comment on column staging.declared_bots.account is 'Account id, as in the staging views of accounts.';
