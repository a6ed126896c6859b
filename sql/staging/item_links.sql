-- Which work items have to do with each other, and how that is known.
-- Grain: one row per item_id, linked_item_id, link, evidence.
-- Reads: staging.jira_issues, staging.jira_keys, staging.github_arrivals, staging.github_references,
--     raw.records.
create view staging.item_links as
with

github_items as (
    select item_id, source, key, kind, payload from staging.github_arrivals
),

-- A key that two trackers know does not tell which item is meant.
keys as (
    select key, min(item_id) as item_id
    from staging.jira_keys
    group by key
    having count(*) = 1
),

texts as (
    select
        item_id,
        unnest([
            {'evidence': 'branch', 'text': upper(payload ->> '$.head.ref')},
            {'evidence': 'title', 'text': payload ->> '$.title'},
            {'evidence': 'body', 'text': payload ->> '$.body'}
        ]) as told
    from github_items
    where kind = 'pull_request'
),

words as (
    select
        item_id,
        told.evidence as evidence,
        -- A letter that follows the number is taken along, so that it is no key.
        unnest(regexp_extract_all(told.text, '(?:^|[^A-Za-z0-9])([A-Z][A-Z0-9_]*-[0-9]+[A-Za-z]?)', 1)) as word
    from texts
),

-- Some put an underscore before a key, and some keys have one in them.
spelt as (
    select
        item_id,
        evidence,
        unnest([word, regexp_extract(word, '_([^_]+)$', 1)]) as key
    from words
),

mentions as (
    select distinct
        keys.item_id,
        spelt.item_id as linked_item_id,
        spelt.evidence
    from spelt
    inner join keys using (key)
),

-- What a ticket carries of remote links and of its development names pull requests by their address.
addresses as (
    select
        'jira:' || source || ':' || key as item_id,
        unnest(
            regexp_extract_all(
                array_to_string(
                    json_extract_string(
                        payload,
                        ['$.remotelinks', '$.development', '$.fields.remotelinks', '$.fields.development']
                    ),
                    ' '
                ),
                'https?://[^"\s]+/pull/[0-9]+'
            )
        ) as address
    from raw.records
    where
        tracker = 'jira'
        and resource = 'issues'
        and superseded_run_id is null
),

developments as (
    select distinct
        addresses.item_id,
        github_items.item_id as linked_item_id
    from addresses
    inner join github_items on addresses.address = github_items.payload ->> '$.html_url'
),

-- One repository may be read under two sources; an item of the same source is nearer.
pairs as (
    select
        told.item_id as item_id,
        told.kind as kind,
        other.item_id as other_id,
        other.kind as other_kind,
        refs.evidence,
        refs.is_closing
    from staging.github_references as refs
    inner join github_items as told on refs.item_id = told.item_id
    inner join github_items as other on refs.other_key = other.key
    where told.item_id <> other.item_id
    qualify row_number() over (
        partition by refs.item_id, refs.other_key, refs.evidence
        order by told.source <> other.source, other.source
    ) = 1
),

directed as (
    select
        *,
        case
            when evidence = 'parent' then 'parent'
            when kind <> other_kind then 'pull_request'
            else 'mention'
        end as link,
        case
            when evidence = 'parent' then true
            when kind <> other_kind then kind = 'ticket'
            -- The event of a cross reference stands at the item mentioned, those of a hand-made link at both.
            when evidence = 'connected' then item_id < other_id
            else evidence <> 'cross_reference'
        end as is_forward
    from pairs
),

parts as (
    select
        part.item_id,
        whole.item_id as linked_item_id
    from staging.jira_issues as part
    inner join staging.jira_issues as whole on part.parent_id = whole.item_id
),

links as (
    select item_id, linked_item_id, 'pull_request' as link, evidence, false as is_closing from mentions
    union all
    select item_id, linked_item_id, 'pull_request' as link, 'development' as evidence, false as is_closing
    from developments
    union all
    select
        case when is_forward then item_id else other_id end as item_id,
        case when is_forward then other_id else item_id end as linked_item_id,
        link,
        evidence,
        is_closing
    from directed
    union all
    select item_id, linked_item_id, 'parent' as link, 'parent' as evidence, false as is_closing from parts
)

select
    item_id,
    linked_item_id,
    link,
    evidence,
    bool_or(is_closing) as is_closing
from links
group by item_id, linked_item_id, link, evidence;

comment on view staging.item_links is 'Which work items have to do with each other, and how that is known. One row per item_id, linked_item_id, link and evidence.';
comment on column staging.item_links.item_id is 'The ticket that a pull request serves, the part of a whole, or the item that mentions another.';
comment on column staging.item_links.linked_item_id is 'The pull request, the whole, or the item mentioned.';
comment on column staging.item_links.link is 'pull_request, parent, or mention between two of a kind.';
comment on column staging.item_links.evidence is 'branch, title, body, development, cross_reference, connected, closing_issue, closing_keyword or parent.';
comment on column staging.item_links.is_closing is 'True where the merge of the pull request closes the ticket.';
