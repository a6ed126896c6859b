-- Every GitHub issue and pull request as its payload shows it now.
-- Grain: one row per item_id.
-- Reads: staging.github_arrivals, staging.github_change_statuses.
create view staging.github_items as
with

arrivals as (
    select * from staging.github_arrivals
),

reviewing as (
    select
        item_id,
        arg_max(to_status, position) as status
    from staging.github_change_statuses
    group by item_id
    having arg_max(to_status, position) in ('review required', 'changes requested', 'approved')
)

select
    ---------- ids
    arrivals.item_id,
    arrivals.source,
    arrivals.kind,
    arrivals.repository,
    arrivals.number,
    arrivals.key,

    ---------- facts
    arrivals.payload ->> '$.html_url' as url,
    arrivals.payload ->> '$.title' as title,
    case
        when arrivals.kind = 'pull_request' then 'pull request'
        else coalesce(arrivals.payload ->> '$.type.name', 'issue')
    end as item_type,
    staging.github_account(arrivals.creator) as author,
    null::varchar as status_id,
    coalesce(arrivals.status, reviewing.status, 'review required') as status,
    case
        when arrivals.kind = 'ticket' and arrivals.status = 'closed' then arrivals.payload ->> '$.state_reason'
    end as resolution,
    staging.github_parent(arrivals.payload) as parent_key,

    ---------- timestamps
    arrivals.created_at,
    staging.instant(arrivals.payload ->> '$.updated_at') as updated_at,
    staging.instant(coalesce(
        arrivals.payload ->> '$.merged_at',
        arrivals.payload ->> '$.pull_request.merged_at',
        arrivals.payload ->> '$.closed_at'
    )) as resolved_at,
    arrivals.histories_announced,
    arrivals.histories_received,
    arrivals.missing_since
from arrivals
left join reviewing using (item_id);

comment on view staging.github_items is 'Every GitHub issue and pull request as its payload shows it now. One row per item_id.';
comment on column staging.github_items.item_id is 'Deterministic key of the work item.';
comment on column staging.github_items.source is 'Name of the source.';
comment on column staging.github_items.kind is 'pull_request or ticket.';
comment on column staging.github_items.repository is 'Owner and name of the repository.';
comment on column staging.github_items.number is 'Number within the repository.';
comment on column staging.github_items.key is 'Repository and number, as in acme/web#7.';
comment on column staging.github_items.url is 'Address people use.';
comment on column staging.github_items.title is 'Title.';
comment on column staging.github_items.item_type is 'pull request; for an issue its type now, or issue where it has none.';
comment on column staging.github_items.author is 'Account that opened it; null where it is gone.';
comment on column staging.github_items.status_id is 'Always null: these statuses have no ids.';
comment on column staging.github_items.status is 'Status now: draft, closed, merged and open as the payload says; between review required, changes requested and approved as its reviews say.';
comment on column staging.github_items.resolution is 'Reason for which an issue is closed; null where it is open or no reason is given.';
comment on column staging.github_items.created_at is 'Instant of creation, UTC.';
comment on column staging.github_items.updated_at is 'Instant of last change, UTC.';
comment on column staging.github_items.resolved_at is 'Instant of merge, else of closing, UTC; null while open.';
comment on column staging.github_items.parent_key is 'Repository and number of the issue it is a part of; null where there is none.';
comment on column staging.github_items.histories_announced is 'How many events GitHub says there are; null where it does not say.';
comment on column staging.github_items.histories_received is 'How many different events came; null where GitHub does not say how many there are.';
comment on column staging.github_items.missing_since is 'Snapshot at which the tracker no longer showed it.';
