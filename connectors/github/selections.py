"""What is asked of GitHub's GraphQL about one item, member by member.

Every member is asked for under the name that the REST interface gives it (``created_at:
createdAt``), so that the answer can be stored as it came and one staging SQL reads both. What
GraphQL nests and REST does not (``labels { nodes }``, the kind of an event as ``LabeledEvent``) is
left as it comes; ``sql/staging`` knows both forms.
"""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Final

EVENTS_AT_ONCE: Final = 100
"""Events of an item that come with it; more are fetched page by page."""

ACCOUNT: Final = """
fragment account on Actor {
  login
  type: __typename
  ... on User { id: databaseId }
  ... on Bot { id: databaseId }
  ... on Mannequin { id: databaseId }
  ... on Organization { id: databaseId }
}
"""
REFERENCE: Final = """
fragment reference on ReferencedSubject {
  type: __typename
  ... on Issue { number repository { full_name: nameWithOwner } }
  ... on PullRequest { number repository { full_name: nameWithOwner } }
}
"""
MILESTONE: Final = """
fragment milestone on Milestone {
  id number title state
  due_on: dueOn created_at: createdAt updated_at: updatedAt closed_at: closedAt
  html_url: url
  repository { full_name: nameWithOwner }
}
"""

_BY: Final = "id created_at: createdAt actor { ...account }"
_REVIEWER: Final = """
    requested_reviewer: requestedReviewer {
      type: __typename
      ... on User { login id: databaseId }
      ... on Bot { login id: databaseId }
      ... on Mannequin { login id: databaseId }
    }
    requested_team: requestedReviewer { ... on Team { slug name } }
"""
_ASSIGNEE: Final = """
    assignee {
      type: __typename
      ... on User { login id: databaseId }
      ... on Bot { login id: databaseId }
      ... on Mannequin { login id: databaseId }
      ... on Organization { login id: databaseId }
    }
"""
_TYPE: Final = "issue_type: issueType { id name }"
_PARENT: Final = "parent { number repository { full_name: nameWithOwner } }"
_OF_BOTH: Final = {
    "LabeledEvent": f"{_BY} label {{ name }}",
    "UnlabeledEvent": f"{_BY} label {{ name }}",
    "MilestonedEvent": f"{_BY} milestone_title: milestoneTitle",
    "DemilestonedEvent": f"{_BY} milestone_title: milestoneTitle",
    "RenamedTitleEvent": f"{_BY} rename_from: previousTitle rename_to: currentTitle",
    "AssignedEvent": f"{_BY} {_ASSIGNEE}",
    "UnassignedEvent": f"{_BY} {_ASSIGNEE}",
    "ClosedEvent": f"{_BY} state_reason: stateReason",
    "ReopenedEvent": f"{_BY} state_reason: stateReason",
    "TransferredEvent": f"{_BY} from_repository: fromRepository {{ full_name: nameWithOwner }}",
    # Who commented and when; what they said is not asked for.
    "IssueComment": "id created_at: createdAt actor: author { ...account }",
    "CrossReferencedEvent": f"{_BY} closes: willCloseTarget source {{ ...reference }}",
    "ConnectedEvent": f"{_BY} linked: subject {{ ...reference }}",
    "DisconnectedEvent": f"{_BY} linked: subject {{ ...reference }}",
    "ProjectV2ItemStatusChangedEvent": (
        f"{_BY} previous_status: previousStatus new_status: status project {{ id title }}"
    ),
    "AddedToProjectV2Event": f"{_BY} project {{ id title }}",
    "RemovedFromProjectV2Event": f"{_BY} project {{ id title }}",
}
PULL_REQUEST_EVENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_OF_BOTH,
        "PullRequestCommit": (
            "id commit { sha: oid committed_at: committedDate message: messageHeadline }"
        ),
        "PullRequestReview": (
            "id created_at: createdAt submitted_at: submittedAt state body user: author "
            "{ ...account }"
        ),
        "ReviewDismissedEvent": (
            f"{_BY} previous_review_state: previousReviewState dismissed_review: review "
            "{ review_id: id }"
        ),
        "ReviewRequestedEvent": f"{_BY} {_REVIEWER}",
        "ReviewRequestRemovedEvent": f"{_BY} {_REVIEWER}",
        "ReadyForReviewEvent": _BY,
        "ConvertToDraftEvent": _BY,
        "MergedEvent": f"{_BY} merge_ref: mergeRefName",
        "HeadRefForcePushedEvent": _BY,
        "AddedToMergeQueueEvent": _BY,
        "RemovedFromMergeQueueEvent": f"{_BY} reason",
        "AutoMergeEnabledEvent": _BY,
        "AutoMergeDisabledEvent": f"{_BY} reason",
        "BaseRefChangedEvent": f"{_BY} base_from: previousRefName base_to: currentRefName",
    }
)
ISSUE_EVENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_OF_BOTH,
        "ParentIssueAddedEvent": f"{_BY} {_PARENT}",
        "ParentIssueRemovedEvent": f"{_BY} {_PARENT}",
        "IssueTypeAddedEvent": f"{_BY} {_TYPE}",
        "IssueTypeChangedEvent": f"{_BY} {_TYPE} prev_issue_type: prevIssueType {{ id name }}",
        "IssueTypeRemovedEvent": f"{_BY} {_TYPE}",
    }
)


def item_type(event: str) -> str:
    """The name under which the kinds of events to send are asked for: LABELED_EVENT."""
    return "".join(f"_{letter}" if letter.isupper() else letter for letter in event)[1:].upper()


def timeline(
    events: Mapping[str, str],
    known: Collection[str],
    *,
    after: str = "",
    first: str = str(EVENTS_AT_ONCE),
) -> str:
    """The selection of an item's events, those that the server knows.

    Args:
        events: what is asked of each kind.
        known: kinds that the server knows.
        after: a variable that holds the token of the page before, in a question for more events.
        first: how many, as a number or a variable.
    """
    kinds = [name for name in events if name in known]
    asked = ", ".join(item_type(name) for name in kinds)
    told = "\n".join(f"... on {name} {{ {events[name]} }}" for name in kinds)
    start = f", after: {after}" if after else ""
    return f"""
    timeline: timelineItems(first: {first}, itemTypes: [{asked}]{start}) {{
      total: filteredCount
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ event: __typename {told} }}
    }}
    """


_OF_EVERY_ITEM: Final = """
    node_id: id id: databaseId number title body state locked
    html_url: url
    repository { full_name: nameWithOwner }
    created_at: createdAt updated_at: updatedAt closed_at: closedAt
    user: author { ...account }
    labels(first: 100) { nodes { name } }
    assignees(first: 20) { nodes { login type: __typename id: databaseId } }
    milestone { ...milestone }
"""
_OF_PULL_REQUESTS: Final = """
    draft: isDraft merged merged_at: mergedAt
    merged_by: mergedBy { ...account }
    head_ref: headRefName base_ref: baseRefName
    additions deletions changed_files: changedFiles
"""


def members(kind: str, known: Collection[str]) -> Iterator[str]:
    """The members of a ``PullRequest`` or an ``Issue`` that the server knows, less its events."""
    yield _OF_EVERY_ITEM
    if kind == "PullRequest":
        yield _OF_PULL_REQUESTS
        yield f"review_requests: reviewRequests(first: 50) {{ nodes {{ {_REVIEWER} }} }}"
    optional = {
        "isInMergeQueue": "is_in_merge_queue: isInMergeQueue",
        "closingIssuesReferences": (
            "closing_issues: closingIssuesReferences(first: 20) "
            "{ nodes { number repository { full_name: nameWithOwner } } }"
        ),
        "stateReason": "state_reason: stateReason",
        "issueType": "type: issueType { id name }",
        "parent": _PARENT,
    }
    yield from (asked for name, asked in optional.items() if name in known)
