-- What GitHub itself says of which item has to do with which.
-- Grain: one row per item_id, other_key, evidence.
-- Reads: staging.github_arrivals.
create view staging.github_references as
with

items as (
    select
        item_id,
        repository,
        kind,
        payload,
        from_json(
            timeline,
            '[{
                "event": "VARCHAR", "created_at": "VARCHAR", "closes": "BOOLEAN",
                "source": {"issue": "JSON"}, "linked": "JSON"
            }]'
        ) as events
    from staging.github_arrivals
),

arrived as (
    select
        item_id,
        unnest(events) as event,
        generate_subscripts(events, 1) as sequence
    from items
),

crossed as (
    select
        item_id,
        coalesce(
            staging.github_reference(event.source.issue),
            regexp_replace(
                event.source.issue ->> '$.html_url', '^https?://[^/]+/([^/]+/[^/]+)/(?:pull|issues)/(\d+)$', '\1#\2'
            )
        ) as other_key,
        'cross_reference' as evidence,
        coalesce(event.closes, false) as is_closing
    from arrived
    where event.event = 'cross-referenced'
),

-- Whoever linked two items by hand may have taken the link back.
connections as (
    select
        item_id,
        staging.github_reference(event.linked) as other_key,
        'connected' as evidence,
        false as is_closing,
        arg_max(event.event, sequence) as last_event
    from arrived
    where event.event in ('connected', 'disconnected')
    group by item_id, other_key
),

closing as (
    select
        item_id,
        staging.github_reference(unnest(from_json(payload -> '$.closing_issues.nodes', '["JSON"]'))) as other_key,
        'closing_issue' as evidence,
        true as is_closing
    from items
),

-- The interface that does not tell what a merge closes shows the words by which GitHub knows it.
keywords as (
    select
        item_id,
        repository,
        unnest(
            regexp_extract_all(
                regexp_replace(payload ->> '$.body', '(?s)<!--.*?-->', '', 'g'),
                '(?i)\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+((?:[\w.-]+/[\w.-]+)?#\d+|https?://[^\s/]+/[\w.-]+/[\w.-]+/issues/\d+)\b',
                1
            )
        ) as word
    from items
    where kind = 'pull_request' and not json_exists(payload, '$.closing_issues')
),

worded as (
    select
        item_id,
        case
            when starts_with(word, '#') then repository || word
            else regexp_replace(word, '^https?://[^/]+/([^/]+/[^/]+)/issues/(\d+)$', '\1#\2')
        end as other_key,
        'closing_keyword' as evidence,
        true as is_closing
    from keywords
),

parents as (
    select
        item_id,
        staging.github_parent(payload) as other_key,
        'parent' as evidence,
        false as is_closing
    from items
),

told as (
    select * from crossed
    union all
    select * exclude (last_event) from connections
    where last_event = 'connected'
    union all
    select * from closing
    union all
    select * from worded
    union all
    select * from parents
)

select
    item_id,
    other_key,
    evidence,
    bool_or(is_closing) as is_closing
from told
where other_key is not null
group by item_id, other_key, evidence;

comment on view staging.github_references is 'What GitHub itself says of which item has to do with which. One row per item_id, other_key and evidence.';
comment on column staging.github_references.item_id is 'The item at which it is told.';
comment on column staging.github_references.other_key is 'Repository and number of the other item, as in acme/web#7.';
comment on column staging.github_references.evidence is 'cross_reference: the other one mentions it; connected: somebody linked them and nobody undid it; closing_issue: its merge closes the other; closing_keyword: its text says that its merge closes the other; parent: it is a part of the other.';
comment on column staging.github_references.is_closing is 'True where the merge of the one closes the other.';
