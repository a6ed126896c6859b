-- Who was seen in which group, project role or team, from sight to sight.
-- Whoever was there at the first sight was there always, as far as anybody knows; whoever came later
-- came when first seen. A group that is shown no more keeps its members: nobody saw them gone.
-- Grain: one row per source, group_id, account, seen_from; without account where nobody was in it.
-- Reads: raw.records, raw.syncs, staging.jira_accounts.
create view staging.group_members as
with

seen as (
    -- A sync that was killed saw what it saw: at its start at the latest.
    select run_id, source, coalesce(snapshot_at, started_at) as snapshot_at from raw.syncs
),

copies as (
    select
        records.source,
        case when records.resource = 'teams' then 'team:' else '' end || (records.payload ->> '$.id') as group_id,
        case
            when json_array_length(records.payload, '$.members') > 0 then
                from_json(
                    records.payload -> '$.members',
                    '[{
                        "accountId": "VARCHAR", "key": "VARCHAR", "name": "VARCHAR",
                        "id": "VARCHAR", "login": "VARCHAR"
                    }]'
                )
            else [null]
        end as members,
        records.resource,
        opened.snapshot_at as seen_from,
        closed.snapshot_at as seen_until
    from raw.records as records
    inner join seen as opened
        on records.source = opened.source and records.first_run_id = opened.run_id
    left join seen as closed
        on records.source = closed.source and records.superseded_run_id = closed.run_id
    where
        (records.tracker, records.resource) in (('jira', 'groups'), ('github', 'teams'))
        -- Read again under one declared instant, an archive shows of that instant only what it showed last.
        and (seen_until is null or seen_until > seen_from)
),

listed as (
    select
        *,
        seen_from = min(seen_from) over (partition by source, group_id) as is_first_sight,
        unnest(members) as member
    from copies
),

identified as (
    select
        *,
        case
            when resource = 'teams' then staging.github_account(member)
            else coalesce(member."accountId", member.key)
        end as account
    from listed
),

known as (
    select source, account, lower(unnest(logins)) as login from staging.jira_accounts
),

members as (
    -- A project role names somebody once per project, and on a Data Center by login alone.
    select distinct
        identified.source,
        identified.group_id,
        coalesce(identified.account, known.account) as account,
        identified.is_first_sight,
        identified.seen_from,
        identified.seen_until
    from identified
    left join known
        on
            identified.account is null
            and identified.source = known.source
            and lower(identified.member.name) = known.login
),

compared as (
    select
        *,
        (lag(seen_until) over life is distinct from seen_from) as is_new
    from members
    window life as (partition by source, group_id, account order by seen_from)
),

numbered as (
    select
        *,
        sum(is_new::integer) over (
            partition by source, group_id, account order by seen_from rows unbounded preceding
        ) as stay
    from compared
)

select
    source,
    group_id,
    account,
    case when not bool_or(is_first_sight) then min(seen_from) end as seen_from,
    case when bool_and(seen_until is not null) then max(seen_until) end as seen_until
from numbered
group by source, group_id, account, stay;

comment on view staging.group_members is 'Who was seen in which group, project role or team, from sight to sight. One row per source, group_id, account and seen_from.';
comment on column staging.group_members.source is 'Name of the source.';
comment on column staging.group_members.group_id is 'As in [roles]: group:<name>, role:<name>, or team:<organisation>/<team>.';
comment on column staging.group_members.account is 'Account of the member; null where nobody was in it.';
comment on column staging.group_members.seen_from is 'Snapshot at which the member was seen first, UTC; null where that was the first sight of the group.';
comment on column staging.group_members.seen_until is 'Snapshot at which the member was seen no more, UTC; null for a member still.';
