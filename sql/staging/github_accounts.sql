-- Every account that a GitHub payload names.
-- Grain: one row per source, account.
-- Reads: staging.github_records, raw.records.
create view staging.github_accounts as
with

payloads as (
    select
        source,
        from_json(
            payload,
            '{
                "user": "JSON", "closed_by": "JSON", "merged_by": "JSON",
                "assignees": ["JSON"], "requested_reviewers": ["JSON"],
                "reviews": [{"user": "JSON"}],
                "timeline": [{
                    "actor": "JSON", "user": "JSON", "assignee": "JSON",
                    "requested_reviewer": "JSON", "review_requester": "JSON"
                }]
            }'
        ) as payload
    from staging.github_records
),

events as (
    select
        source,
        unnest(payload.timeline) as event
    from payloads
),

named as (
    select
        source,
        unnest(
            [payload.user, payload.closed_by, payload.merged_by]
            || coalesce(payload.assignees, [])
            || coalesce(payload.requested_reviewers, [])
            || coalesce(list_transform(payload.reviews, lambda review: review.user), [])
        ) as person
    from payloads

    union all

    select
        source,
        unnest([event.actor, event.user, event.assignee, event.requested_reviewer, event.review_requester]) as person
    from events

    union all

    -- Whoever is only ever seen in a team has an account too; who was in it once has one still.
    select
        source,
        unnest(from_json(payload -> '$.members', '["JSON"]')) as person
    from raw.records
    where
        tracker = 'github'
        and resource = 'teams'
),

people as (
    select
        source,
        from_json(person, '{"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"}') as person
    from named
)

select
    source,
    staging.github_account(person) as account,
    coalesce(list_sort(list_distinct(list(person.login) filter (where person.login is not null))), []) as logins,
    []::varchar[] as display_names,
    []::varchar[] as addresses,
    coalesce(bool_or(person.type = 'Bot' or ends_with(person.login, '[bot]')), false) as is_bot
from people
where staging.github_account(person) is not null
group by all;

comment on view staging.github_accounts is 'Every account that a GitHub payload names. One row per source and account.';
comment on column staging.github_accounts.source is 'Name of the source.';
comment on column staging.github_accounts.account is 'Account id; the login where no id came.';
comment on column staging.github_accounts.logins is 'Login names seen with it.';
comment on column staging.github_accounts.display_names is 'Always empty: the payloads carry no other names.';
comment on column staging.github_accounts.addresses is 'Always empty: the payloads carry no addresses of accounts.';
comment on column staging.github_accounts.is_bot is 'True for the account of an application.';
