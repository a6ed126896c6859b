-- Every single field change in the events of every GitHub issue and pull request.
-- Grain: one row per item_id, change_group, ordinal.
-- Reads: staging.github_change_events, staging.github_change_statuses.
create view staging.github_changes as
with

events as (
    select * from staging.github_change_events
),

labels as (
    select
        item_id,
        position,
        'labels' as field,
        true as is_member,
        case when name = 'unlabeled' then details.label.name end as from_text,
        case when name = 'labeled' then details.label.name end as to_text
    from events
    where name in ('labeled', 'unlabeled')
),

-- Whoever is gone keeps a place under the name the tracker itself gives to them.
people as (
    select
        item_id,
        position,
        case when name in ('assigned', 'unassigned') then 'assignees' else 'review_request' end as field,
        name in ('assigned', 'review_requested') as is_added,
        case
            when name in ('assigned', 'unassigned') then staging.github_account(details.assignee)
            else coalesce(
                'team:' || details.requested_team.slug, staging.github_account(details.requested_reviewer)
            )
        end as id,
        case
            when name in ('assigned', 'unassigned') then coalesce(details.assignee.login, 'ghost')
            else coalesce('team:' || details.requested_team.slug, details.requested_reviewer.login, 'ghost')
        end as text
    from events
    where name in ('assigned', 'unassigned', 'review_requested', 'review_request_removed')
),

assignees_and_requests as (
    select
        item_id,
        position,
        field,
        true as is_member,
        case when not is_added then id end as from_id,
        case when not is_added then text end as from_text,
        case when is_added then id end as to_id,
        case when is_added then text end as to_text
    from people
),

titles as (
    select
        item_id,
        position,
        'summary' as field,
        details.rename.from as from_text,
        details.rename.to as to_text
    from events
    where name = 'renamed'
),

drafts as (
    select
        item_id,
        position,
        'draft' as field,
        (name = 'ready_for_review')::varchar as from_text,
        (name = 'convert_to_draft')::varchar as to_text
    from events
    where name in ('ready_for_review', 'convert_to_draft')
),

-- A merge and a closing take a pull request out of both, whether an event says so or not.
switches as (
    select
        item_id,
        position,
        unnest(
            case name
                when 'added_to_merge_queue' then [{'field': 'merge_queue', 'held': true}]
                when 'removed_from_merge_queue' then [{'field': 'merge_queue', 'held': false}]
                when 'auto_merge_enabled' then [{'field': 'auto_merge', 'held': true}]
                when 'auto_merge_disabled' then [{'field': 'auto_merge', 'held': false}]
                else [{'field': 'merge_queue', 'held': false}, {'field': 'auto_merge', 'held': false}]
            end
        ) as switch
    from events
    where
        name in (
            'added_to_merge_queue', 'removed_from_merge_queue', 'auto_merge_enabled', 'auto_merge_disabled',
            'merged', 'closed'
        )
),

merge_queues_and_auto_merges as (
    select
        item_id,
        position,
        switch.field as field,
        coalesce(lag(switch.held) over life, false)::varchar as from_text,
        switch.held::varchar as to_text
    from switches
    window life as (partition by item_id, switch.field order by position)
),

bases as (
    select
        item_id,
        position,
        'base' as field,
        details.base_from as from_text,
        details.base_to as to_text
    from events
    where name = 'base_ref_changed'
),

-- An item may stand in several projects, each with a status of its own: the id of the field tells them.
project_statuses as (
    select
        item_id,
        position,
        'project_status' as field,
        details.project.id as field_id,
        details.previous_status as from_text,
        details.new_status as to_text
    from events
    where name = 'project_v2_item_status_changed'
),

parents as (
    select
        item_id,
        position,
        'parent' as field,
        true as is_member,
        case when name = 'parent_issue_removed' then parent end as from_text,
        case when name = 'parent_issue_added' then parent end as to_text
    from (
        select
            *,
            details.parent.repository.full_name || '#' || details.parent.number as parent
        from events
        where name in ('parent_issue_added', 'parent_issue_removed')
    ) as told
),

transfers as (
    select
        item_id,
        position,
        'repository' as field,
        details.from_repository.full_name as from_text,
        coalesce(
            lead(details.from_repository.full_name) over (partition by item_id order by position),
            regexp_extract(item_id, '([^:]+)#\d+$', 1)
        ) as to_text
    from events
    where name = 'transferred'
),

-- Without a type of its own it is an issue, before as today.
issue_types as (
    select
        item_id,
        position,
        'issuetype' as field,
        case name
            when 'issue_type_removed' then details.issue_type.id
            else details.prev_issue_type.id
        end as from_id,
        case name
            when 'issue_type_removed' then coalesce(details.issue_type.name, 'issue')
            else coalesce(details.prev_issue_type.name, 'issue')
        end as from_text,
        case when name <> 'issue_type_removed' then details.issue_type.id end as to_id,
        case
            when name = 'issue_type_removed' then 'issue'
            else coalesce(details.issue_type.name, 'issue')
        end as to_text
    from events
    where starts_with(name, 'issue_type_')
),

-- Moving to another milestone is two events of one instant, in either order: the one that takes the
-- item out of the old milestone may come last and then empties nothing. Titles alone do not tell it,
-- for a milestone may have been renamed while it was held.
milestone_moves as (
    select
        item_id,
        position,
        name,
        details.milestone.title as title,
        lag(name) over life = 'milestoned'
        and lag(changed_at) over life = changed_at as comes_after_the_new,
        lag(details.milestone.title) over life as title_before
    from events
    where name in ('milestoned', 'demilestoned')
    window life as (partition by item_id order by position)
),

milestones_held as (
    select
        item_id,
        position,
        case
            when name = 'milestoned' then title
            when comes_after_the_new and title <> title_before then title_before
        end as held,
        case when name = 'demilestoned' then title end as held_at_first
    from milestone_moves
),

milestones as (
    select
        item_id,
        position,
        'milestone' as field,
        case
            when row_number() over life = 1 then held_at_first
            else lag(held) over life
        end as from_text,
        held as to_text
    from milestones_held
    window life as (partition by item_id order by position)
),

resolutions_held as (
    select
        item_id,
        position,
        case when name = 'closed' then details.state_reason end as held
    from events
    where kind = 'ticket' and name in ('closed', 'reopened')
),

resolutions as (
    select
        item_id,
        position,
        'resolution' as field,
        lag(held) over (partition by item_id order by position) as from_text,
        held as to_text
    from resolutions_held
),

reviews as (
    select
        item_id,
        position,
        'review' as field,
        case when name = 'review_dismissed' then review_id end as from_id,
        case when name = 'review_dismissed' then review_state end as from_text,
        review_id as to_id,
        case when name = 'review_dismissed' then 'dismissed' else review_state end as to_text
    from events
    where name in ('reviewed', 'review_dismissed')
),

statuses as (
    select
        item_id,
        position,
        'status' as field,
        from_status as from_text,
        to_status as to_text
    from staging.github_change_statuses
),

changes as (
    select * from labels
    union all by name
    select * from assignees_and_requests
    union all by name
    select * from titles
    union all by name
    select * from drafts
    union all by name
    select * from merge_queues_and_auto_merges
    union all by name
    select * from bases
    union all by name
    select * from project_statuses
    union all by name
    select * from parents
    union all by name
    select * from transfers
    union all by name
    select * from issue_types
    union all by name
    select * from milestones
    union all by name
    select * from resolutions
    union all by name
    select * from reviews
    union all by name
    select * from statuses
),

-- Labels swapped in one click are an event each, of one instant and in any order: between them the item had neither.
clicks as (
    select
        changes.*,
        events.source,
        events.account,
        events.changed_at,
        case
            when changes.field = 'labels' then first_value(events.change_group) over (
                partition by changes.item_id, changes.field, events.account, events.changed_at
                order by changes.position
            )
            else events.change_group
        end as change_group
    from changes
    inner join events using (item_id, position)
)

select
    ---------- ids
    item_id,
    change_group,
    -- What an event says comes first, what follows from it for the status last.
    row_number() over (
        partition by item_id, change_group order by position, field = 'status', field
    ) - 1 as ordinal,
    source,
    account,

    ---------- facts
    field,
    coalesce(field_id, field) as field_id,
    coalesce(is_member, false) as is_member,
    false as is_custom,
    from_id,
    from_text,
    to_id,
    to_text,

    ---------- timestamps
    changed_at,
    position
from clicks
-- An event may arrive without what it is about: it then says nothing.
where (from_id, from_text) is distinct from (to_id, to_text);

comment on view staging.github_changes is 'Every single field change in the events of every GitHub issue and pull request. One row per item_id, change_group and ordinal.';
comment on column staging.github_changes.item_id is 'The work item.';
comment on column staging.github_changes.change_group is 'Id of the event, of labels of the first one of their click; all changes of one take effect together.';
comment on column staging.github_changes.ordinal is 'Position in the event, from 0; the status last.';
comment on column staging.github_changes.source is 'Name of the source.';
comment on column staging.github_changes.account is 'Account of the actor; null where the tracker names none.';
comment on column staging.github_changes.field is 'Name of the field: labels, milestone, summary, assignees, draft, issuetype, resolution, review, review_request, status, base, merge_queue, auto_merge, parent, project_status, repository.';
comment on column staging.github_changes.field_id is 'The same name; for project_status the id of the project, of which an item may have several.';
comment on column staging.github_changes.is_member is 'True where the change adds or removes one member of a set, false where it carries whole values.';
comment on column staging.github_changes.is_custom is 'Always false: users make no fields here.';
comment on column staging.github_changes.from_id is 'Id of the value before, where it has one: the account, the review.';
comment on column staging.github_changes.from_text is 'Text of the value before, as the event gives it.';
comment on column staging.github_changes.to_id is 'Id of the value after, where it has one.';
comment on column staging.github_changes.to_text is 'Text of the value after, as the event gives it.';
comment on column staging.github_changes.changed_at is 'Instant of the change, UTC.';
comment on column staging.github_changes.position is 'Position of the event in the life of the item, from 1.';
