-- Every issue and pull request of GitHub under one identity, whichever endpoint it came from.
-- Grain: one row per item_id.
-- Reads: staging.github_records.
create view staging.github_arrivals as
with

records as (
    select * from staging.github_records
),

pulls as (
    select * from records
    where resource = 'pulls'
),

-- The issues endpoint lists pull requests too, told by one member, with less to say about them.
issues as (
    select
        *,
        json_type(payload, '$.pull_request') = 'OBJECT' as is_pull
    from records
    where resource = 'issues'
),

arrivals as (
    select
        pulls.source,
        pulls.key,
        'pull_request' as kind,
        pulls.payload,
        coalesce(pulls.payload -> '$.timeline', issues.payload -> '$.timeline') as timeline,
        coalesce(pulls.payload -> '$.reviews', issues.payload -> '$.reviews') as reviews,
        coalesce(pulls.histories_announced, issues.histories_announced) as histories_announced,
        coalesce(pulls.histories_received, issues.histories_received) as histories_received,
        pulls.missing_since
    from pulls
    left join issues
        on issues.is_pull and pulls.source = issues.source and pulls.key = issues.key

    union all

    select
        source,
        key,
        case when is_pull then 'pull_request' else 'ticket' end as kind,
        payload,
        payload -> '$.timeline' as timeline,
        payload -> '$.reviews' as reviews,
        histories_announced,
        histories_received,
        missing_since
    from issues
    where not exists (
        from pulls
        where pulls.source = issues.source and pulls.key = issues.key
    )
)

select
    ---------- ids
    'github:' || source || ':' || key as item_id,
    source,
    key,
    split_part(key, '#', 1) as repository,
    try_cast(split_part(key, '#', 2) as integer) as number,

    ---------- facts
    kind,
    from_json(payload -> '$.user', '{"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"}') as creator,
    case
        when kind = 'ticket' then payload ->> '$.state'
        when coalesce(payload ->> '$.merged_at', payload ->> '$.pull_request.merged_at') is not null then 'merged'
        when try_cast(payload ->> '$.merged' as boolean) then 'merged'
        when payload ->> '$.state' = 'closed' then 'closed'
        when try_cast(payload ->> '$.draft' as boolean) then 'draft'
    end as status,
    coalesce(try_cast(payload ->> '$.draft' as boolean), false) as is_draft,
    payload,
    timeline,
    reviews,
    histories_announced,
    histories_received,

    ---------- timestamps
    staging.instant(payload ->> '$.created_at') as created_at,
    missing_since
from arrivals;

comment on view staging.github_arrivals is 'Every issue and pull request of GitHub under one identity, whichever endpoint it came from. One row per item_id.';
comment on column staging.github_arrivals.item_id is 'Deterministic key of the work item.';
comment on column staging.github_arrivals.source is 'Name of the source.';
comment on column staging.github_arrivals.key is 'Repository and number, as in acme/web#7.';
comment on column staging.github_arrivals.repository is 'Owner and name of the repository.';
comment on column staging.github_arrivals.number is 'Number within the repository.';
comment on column staging.github_arrivals.kind is 'pull_request or ticket.';
comment on column staging.github_arrivals.creator is 'Who opened it: id, login and type.';
comment on column staging.github_arrivals.status is 'Status as far as the payload alone says: null for an open pull request that is no draft, whose reviews decide.';
comment on column staging.github_arrivals.is_draft is 'True where the payload says that it is a draft.';
comment on column staging.github_arrivals.payload is 'The payload; for a pull request that came twice, the one of the pulls endpoint.';
comment on column staging.github_arrivals.timeline is 'Its events, as a JSON list.';
comment on column staging.github_arrivals.reviews is 'Its reviews, as a JSON list, where they came apart from the events.';
comment on column staging.github_arrivals.histories_announced is 'How many events GitHub says there are; null where it does not say.';
comment on column staging.github_arrivals.histories_received is 'How many different events came; null where GitHub does not say how many there are.';
comment on column staging.github_arrivals.created_at is 'Instant of creation, UTC.';
comment on column staging.github_arrivals.missing_since is 'Snapshot at which the tracker no longer showed it.';
