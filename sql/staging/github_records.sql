-- Every issue and pull request as GitHub's REST interface would show it, whichever interface it came from.
-- GraphQL nests its lists, writes states in capitals, and has names of its own for events and applications;
-- what else differs is asked for under the names of REST (connectors/github/selections.py).
-- An item keeps its node id when its repository is renamed, and is here under the name that is shown.
-- Grain: one row per source, resource, key.
-- Reads: raw.records.
create view staging.github_records as
with

nodes as (
    select source, resource, key, fetched_at, missing_since, payload ->> '$.node_id' as node_id
    from raw.records
    where
        tracker = 'github'
        and resource in ('pulls', 'issues')
        and superseded_run_id is null
        and node_id is not null
),

former as (
    select source, resource, key
    from nodes
    qualify key <> first_value(key) over (
        partition by source, node_id
        order by missing_since is null desc, fetched_at desc, key
    )
),

records as (
    select
        source,
        resource,
        key,
        run_id,
        fetched_at,
        missing_since,
        payload,
        coalesce(json_type(payload, '$.timeline') = 'OBJECT' or json_type(payload, '$.labels') = 'OBJECT', false) as is_nested
    from raw.records
    where
        tracker = 'github'
        and resource in ('pulls', 'issues')
        and superseded_run_id is null
        and not exists (
            from former
            where
                former.source = records.source
                and former.resource = records.resource
                and former.key = records.key
        )
),

kinds as (
    select map_from_entries(list((kind, name) order by kind)) as names
    from staging.github_event_names
),

nested as (
    select
        *,
        from_json(
            payload,
            '{
                "state": "VARCHAR", "state_reason": "VARCHAR", "head_ref": "VARCHAR", "base_ref": "VARCHAR",
                "user": {"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"},
                "merged_by": {"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"},
                "labels": {"nodes": [{"name": "VARCHAR"}]},
                "assignees": {"nodes": [{"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"}]},
                "review_requests": {"nodes": [{
                    "requested_reviewer": {"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"},
                    "requested_team": {"slug": "VARCHAR", "name": "VARCHAR"}
                }]},
                "timeline": {"total": "INTEGER", "nodes": [{
                    "event": "VARCHAR", "id": "VARCHAR", "created_at": "VARCHAR", "submitted_at": "VARCHAR",
                    "state": "VARCHAR", "state_reason": "VARCHAR", "body": "VARCHAR",
                    "actor": {"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"},
                    "user": {"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"},
                    "assignee": {"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"},
                    "requested_reviewer": {"id": "VARCHAR", "login": "VARCHAR", "type": "VARCHAR"},
                    "requested_team": {"slug": "VARCHAR"},
                    "previous_review_state": "VARCHAR", "dismissed_review": {"review_id": "VARCHAR"},
                    "label": {"name": "VARCHAR"}, "milestone_title": "VARCHAR",
                    "rename_from": "VARCHAR", "rename_to": "VARCHAR",
                    "commit": {"sha": "VARCHAR", "committed_at": "VARCHAR"},
                    "base_from": "VARCHAR", "base_to": "VARCHAR",
                    "previous_status": "VARCHAR", "new_status": "VARCHAR",
                    "project": {"id": "VARCHAR", "title": "VARCHAR"},
                    "parent": {"number": "INTEGER", "repository": {"full_name": "VARCHAR"}},
                    "from_repository": {"full_name": "VARCHAR"},
                    "issue_type": {"id": "VARCHAR", "name": "VARCHAR"},
                    "prev_issue_type": {"id": "VARCHAR", "name": "VARCHAR"},
                    "closes": "BOOLEAN",
                    "source": {"number": "INTEGER", "repository": {"full_name": "VARCHAR"}},
                    "linked": {"number": "INTEGER", "repository": {"full_name": "VARCHAR"}}
                }]}
            }'
        ) as told
    from records
    where is_nested
),

-- A member that is null here is left out of the payload, as what did not come.
spelt as (
    select
        nested.* exclude (told),
        told.state_reason as state_reason,
        told.timeline.total as histories_announced,
        len(list_distinct(list_transform(told.timeline.nodes, lambda event: event.id))) as histories_received,
        {
            'state': case when told.state = 'MERGED' then 'closed' else lower(told.state) end,
            'user': staging.github_person(told.user),
            'merged_by': staging.github_person(told.merged_by),
            'head': {'ref': told.head_ref},
            'base': {'ref': told.base_ref},
            'labels': told.labels.nodes,
            'assignees': list_transform(told.assignees.nodes, lambda person: staging.github_person(person)),
            'requested_reviewers': list_filter(
                list_transform(
                    told.review_requests.nodes, lambda asked: staging.github_person(asked.requested_reviewer)
                ),
                lambda person: person.login is not null
            ),
            'requested_teams': list_filter(
                list_transform(told.review_requests.nodes, lambda asked: asked.requested_team),
                lambda team: team.slug is not null
            ),
            'timeline': list_transform(told.timeline.nodes, lambda event: {
                'event': coalesce(kinds.names[event.event], event.event),
                'id': event.id,
                'created_at': event.created_at,
                'submitted_at': event.submitted_at,
                'state': lower(event.state),
                'state_reason': lower(event.state_reason),
                'body': event.body,
                'actor': staging.github_person(event.actor),
                'user': staging.github_person(event.user),
                'assignee': staging.github_person(event.assignee),
                'requested_reviewer': staging.github_person(event.requested_reviewer),
                'requested_team': event.requested_team,
                'dismissed_review': {
                    'review_id': event.dismissed_review.review_id, 'state': lower(event.previous_review_state)
                },
                'label': event.label,
                'milestone': {'title': event.milestone_title},
                'rename': {'from': event.rename_from, 'to': event.rename_to},
                'sha': event.commit.sha,
                'committer': {'date': event.commit.committed_at},
                'base_from': event.base_from,
                'base_to': event.base_to,
                'previous_status': event.previous_status,
                'new_status': event.new_status,
                'project': event.project,
                'parent': event.parent,
                'from_repository': event.from_repository,
                'issue_type': event.issue_type,
                'prev_issue_type': event.prev_issue_type,
                'closes': event.closes,
                'source': {'issue': event.source},
                'linked': event.linked
            })
        } as members
    from nested
    cross join kinds
)

select
    source,
    resource,
    key,
    run_id,
    fetched_at,
    payload,
    null::integer as histories_announced,
    null::integer as histories_received,
    missing_since
from records
where not is_nested

union all

select
    source,
    resource,
    key,
    run_id,
    fetched_at,
    json_merge_patch(
        payload,
        to_json(members),
        -- Null here says that there is none, and stays.
        case when state_reason is null then '{}' else json_object('state_reason', lower(state_reason)) end
    ) as payload,
    histories_announced,
    histories_received::integer as histories_received,
    missing_since
from spelt;

comment on view staging.github_records is 'Every issue and pull request as REST shows it, whichever interface it came from. One row per source, resource and key.';
comment on column staging.github_records.source is 'Name of the source.';
comment on column staging.github_records.resource is 'pulls or issues: the list it came in.';
comment on column staging.github_records.key is 'Repository and number, as in acme/web#7.';
comment on column staging.github_records.run_id is 'Run that fetched it last.';
comment on column staging.github_records.fetched_at is 'Instant at which it was fetched last, UTC.';
comment on column staging.github_records.payload is 'The payload in the form of REST.';
comment on column staging.github_records.histories_announced is 'How many events GitHub says there are; null where it does not say.';
comment on column staging.github_records.histories_received is 'How many different events came; null where GitHub does not say how many there are.';
comment on column staging.github_records.missing_since is 'Snapshot at which the tracker no longer showed it.';
