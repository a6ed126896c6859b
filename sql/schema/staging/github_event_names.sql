-- The kinds of events of an item, as GitHub's two interfaces name them.
-- Grain: one row per kind.
create table staging.github_event_names as
from (
    values
    ('LabeledEvent', 'labeled'), ('UnlabeledEvent', 'unlabeled'),
    ('MilestonedEvent', 'milestoned'), ('DemilestonedEvent', 'demilestoned'),
    ('RenamedTitleEvent', 'renamed'),
    ('AssignedEvent', 'assigned'), ('UnassignedEvent', 'unassigned'),
    ('ClosedEvent', 'closed'), ('ReopenedEvent', 'reopened'), ('MergedEvent', 'merged'),
    ('TransferredEvent', 'transferred'),
    ('IssueComment', 'commented'),
    ('CrossReferencedEvent', 'cross-referenced'),
    ('ConnectedEvent', 'connected'), ('DisconnectedEvent', 'disconnected'),
    ('ProjectV2ItemStatusChangedEvent', 'project_v2_item_status_changed'),
    ('AddedToProjectV2Event', 'added_to_project_v2'),
    ('RemovedFromProjectV2Event', 'removed_from_project_v2'),
    ('PullRequestCommit', 'committed'), ('HeadRefForcePushedEvent', 'head_ref_force_pushed'),
    ('PullRequestReview', 'reviewed'), ('ReviewDismissedEvent', 'review_dismissed'),
    ('ReviewRequestedEvent', 'review_requested'),
    ('ReviewRequestRemovedEvent', 'review_request_removed'),
    ('ReadyForReviewEvent', 'ready_for_review'), ('ConvertToDraftEvent', 'convert_to_draft'),
    ('AddedToMergeQueueEvent', 'added_to_merge_queue'),
    ('RemovedFromMergeQueueEvent', 'removed_from_merge_queue'),
    ('AutoMergeEnabledEvent', 'auto_merge_enabled'),
    ('AutoMergeDisabledEvent', 'auto_merge_disabled'),
    ('BaseRefChangedEvent', 'base_ref_changed'),
    ('ParentIssueAddedEvent', 'parent_issue_added'),
    ('ParentIssueRemovedEvent', 'parent_issue_removed'),
    ('IssueTypeAddedEvent', 'issue_type_added'),
    ('IssueTypeChangedEvent', 'issue_type_changed'),
    ('IssueTypeRemovedEvent', 'issue_type_removed')
) as names (kind, name);

comment on table staging.github_event_names is 'The kinds of events of an item, as GitHub names them in its two interfaces. One row per kind.';
comment on column staging.github_event_names.kind is 'Type of the event in GraphQL.';
comment on column staging.github_event_names.name is 'Name of the event in REST, used here.';
