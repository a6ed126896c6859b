-- The value of every field of every GitHub issue and pull request as its payload shows it now.
-- Grain: one row per item_id, field, position; an empty field has one row of nulls.
-- Reads: staging.github_arrivals.
create view staging.github_values as
with

arrivals as (
    select * from staging.github_arrivals
),

-- Only members the payload carries: what did not come is unknown, not empty.
carried as (
    select
        source,
        item_id,
        'summary' as field,
        [{'id': null, 'text': payload ->> '$.title', 'account': null}] as members
    from arrivals
    where json_exists(payload, '$.title')

    union all

    select
        source,
        item_id,
        'description' as field,
        [{'id': null, 'text': nullif(staging.github_text(payload ->> '$.body'), ''), 'account': null}] as members
    from arrivals
    where json_exists(payload, '$.body')

    union all

    select
        source,
        item_id,
        'status' as field,
        [{'id': null, 'text': status, 'account': null}] as members
    from arrivals
    where status is not null

    union all

    select
        source,
        item_id,
        'resolution' as field,
        [{
            'id': null,
            'text': case when payload ->> '$.state' = 'closed' then payload ->> '$.state_reason' end,
            'account': null
        }] as members
    from arrivals
    where kind = 'ticket' and json_exists(payload, '$.state_reason')

    union all

    -- Without a type of its own it is an issue, as in its history.
    select
        source,
        item_id,
        'issuetype' as field,
        [{
            'id': payload ->> '$.type.id',
            'text': coalesce(payload ->> '$.type.name', 'issue'),
            'account': null
        }] as members
    from arrivals
    where kind = 'ticket' and json_exists(payload, '$.type')

    union all

    select
        source,
        item_id,
        'draft' as field,
        [{'id': null, 'text': payload ->> '$.draft', 'account': null}] as members
    from arrivals
    where kind = 'pull_request' and json_exists(payload, '$.draft')

    union all

    select
        source,
        item_id,
        'merge_queue' as field,
        [{'id': null, 'text': payload ->> '$.is_in_merge_queue', 'account': null}] as members
    from arrivals
    where kind = 'pull_request' and json_exists(payload, '$.is_in_merge_queue')

    union all

    select
        source,
        item_id,
        'base' as field,
        [{'id': null, 'text': payload ->> '$.base.ref', 'account': null}] as members
    from arrivals
    where kind = 'pull_request' and json_exists(payload, '$.base.ref')

    union all

    select
        source,
        item_id,
        'parent' as field,
        [{'id': null, 'text': staging.github_parent(payload), 'account': null}] as members
    from arrivals
    where
        kind = 'ticket'
        and (json_exists(payload, '$.parent') or json_exists(payload, '$.parent_issue_url'))

    union all

    select
        source,
        item_id,
        'milestone' as field,
        [{
            'id': staging.github_milestone(payload -> '$.milestone'),
            'text': payload ->> '$.milestone.title',
            'account': null
        }] as members
    from arrivals
    where json_exists(payload, '$.milestone')

    union all

    select
        source,
        item_id,
        'labels' as field,
        list_transform(
            from_json(payload -> '$.labels', '[{"name": "VARCHAR"}]'),
            lambda label: {'id': null, 'text': label.name, 'account': null}
        ) as members
    from arrivals
    where json_exists(payload, '$.labels')

    union all

    select
        source,
        item_id,
        'assignees' as field,
        list_transform(
            from_json(payload -> '$.assignees', '[{"id": "VARCHAR", "login": "VARCHAR"}]'),
            lambda person: {
                'id': staging.github_account(person),
                'text': person.login,
                'account': staging.github_account(person)
            }
        ) as members
    from arrivals
    where json_exists(payload, '$.assignees')

    union all

    select
        source,
        item_id,
        'review_request' as field,
        -- A part that did not come is passed over, where the operator would lose the other one too.
        list_concat(
            list_transform(
                from_json(payload -> '$.requested_reviewers', '[{"id": "VARCHAR", "login": "VARCHAR"}]'),
                lambda person: {
                    'id': staging.github_account(person),
                    'text': person.login,
                    'account': staging.github_account(person)
                }
            ),
            list_transform(
                from_json(payload -> '$.requested_teams', '[{"slug": "VARCHAR"}]'),
                lambda team: {'id': 'team:' || team.slug, 'text': 'team:' || team.slug, 'account': null}
            )
        ) as members
    from arrivals
    where json_exists(payload, '$.requested_reviewers') or json_exists(payload, '$.requested_teams')
),

filled as (
    select
        source,
        item_id,
        field,
        -- An empty list is a field without a value.
        case when len(members) > 0 then members else [null] end as members
    from carried
),

single as (
    select
        source,
        item_id,
        field,
        unnest(members) as member,
        generate_subscripts(members, 1) as position
    from filled
)

select
    item_id,
    field,
    position,
    source,
    field as field_id,
    member.id as value_id,
    member.text as value_text,
    member.account as account
from single;

comment on view staging.github_values is 'The value of every field of every GitHub issue and pull request now. One row per item_id, field and position; an empty field has one row of nulls.';
comment on column staging.github_values.item_id is 'The work item.';
comment on column staging.github_values.field is 'Name of the field, as in staging.github_changes; description, which has no history, beside them. Status only where the payload alone determines it.';
comment on column staging.github_values.position is 'Position in a list of values, from 1.';
comment on column staging.github_values.source is 'Name of the source.';
comment on column staging.github_values.field_id is 'The same name: these fields have no other.';
comment on column staging.github_values.value_id is 'Id of the value where it has one.';
comment on column staging.github_values.value_text is 'Text of the value.';
comment on column staging.github_values.account is 'The account, where the value is a person.';
