"""The kinds of events: what REST calls them, what GraphQL does, and what GraphQL tells of each."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from roadworthy.simulator.github_timeline import Json, node_id
from roadworthy.simulator.serving.github_accounts import number_of, team
from roadworthy.simulator.serving.github_state import Happening, Item, Thing
from roadworthy.simulator.serving.github_viewing import Info, account_of, event_instant

Resolver: TypeAlias = Callable[..., object]

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "added_to_merge_queue": "AddedToMergeQueueEvent",
        "added_to_project_v2": "AddedToProjectV2Event",
        "assigned": "AssignedEvent",
        "auto_merge_disabled": "AutoMergeDisabledEvent",
        "auto_merge_enabled": "AutoMergeEnabledEvent",
        "base_ref_changed": "BaseRefChangedEvent",
        "base_ref_force_pushed": "BaseRefForcePushedEvent",
        "closed": "ClosedEvent",
        "commented": "IssueComment",
        "committed": "PullRequestCommit",
        "connected": "ConnectedEvent",
        "convert_to_draft": "ConvertToDraftEvent",
        "cross-referenced": "CrossReferencedEvent",
        "demilestoned": "DemilestonedEvent",
        "disconnected": "DisconnectedEvent",
        "head_ref_deleted": "HeadRefDeletedEvent",
        "head_ref_force_pushed": "HeadRefForcePushedEvent",
        "head_ref_restored": "HeadRefRestoredEvent",
        "issue_type_added": "IssueTypeAddedEvent",
        "issue_type_changed": "IssueTypeChangedEvent",
        "issue_type_removed": "IssueTypeRemovedEvent",
        "labeled": "LabeledEvent",
        "locked": "LockedEvent",
        "mentioned": "MentionedEvent",
        "merged": "MergedEvent",
        "milestoned": "MilestonedEvent",
        "parent_issue_added": "ParentIssueAddedEvent",
        "parent_issue_removed": "ParentIssueRemovedEvent",
        "project_v2_item_status_changed": "ProjectV2ItemStatusChangedEvent",
        "ready_for_review": "ReadyForReviewEvent",
        "removed_from_merge_queue": "RemovedFromMergeQueueEvent",
        "removed_from_project_v2": "RemovedFromProjectV2Event",
        "renamed": "RenamedTitleEvent",
        "reopened": "ReopenedEvent",
        "review_dismissed": "ReviewDismissedEvent",
        "review_request_removed": "ReviewRequestRemovedEvent",
        "review_requested": "ReviewRequestedEvent",
        "reviewed": "PullRequestReview",
        "sub_issue_added": "SubIssueAddedEvent",
        "sub_issue_removed": "SubIssueRemovedEvent",
        "subscribed": "SubscribedEvent",
        "transferred": "TransferredEvent",
        "unassigned": "UnassignedEvent",
        "unlabeled": "UnlabeledEvent",
        "unlocked": "UnlockedEvent",
    }
)


def reference(event: Json) -> str | None:
    """The other item that an event speaks of, such as ``acme/web#3``."""
    source = event.get("source")
    if source:
        issue = source["issue"]
        return f"{issue['repository']['full_name']}#{issue['number']}"
    other: str | None = event.get("linked") or event.get("parent") or event.get("sub_issue")
    return other


def _member(*path: str) -> Resolver:
    """A resolver that follows the members of a payload."""

    def resolve(source: Happening, _info: Info) -> object:
        value: Any = source.payload
        for name in path:
            value = value[name]
        return value

    return resolve


def _account(name: str) -> Resolver:
    return lambda source, _info: account_of(source.payload.get(name))


def _other(source: Happening, info: Info) -> Item | None:
    named = reference(source.payload)
    return info.context.referred(named) if named else None


def _item(source: Happening, _info: Info) -> Item:
    return source.item


def _crosses(source: Happening, _info: Info) -> bool:
    named = reference(source.payload) or ""
    return named.partition("#")[0] != source.item.repository.name


def _reviewer(source: Happening, _info: Info) -> Thing | None:
    asked = source.payload.get("requested_team")
    if asked:
        return Thing("Team", {**team(source.item.repository.owner, asked["slug"]), **asked})
    return account_of(source.payload.get("requested_reviewer"))


def _dismissed(source: Happening, _info: Info) -> Happening | None:
    key = source.payload["dismissed_review"]["review_id"]
    reviews = source.item.payload["reviews"]
    found = (Happening("PullRequestReview", r, source.item) for r in reviews if r["id"] == key)
    return next(found, None)


def _upper(*path: str) -> Resolver:
    """A word in capitals, as GraphQL writes what it enumerates."""
    follow = _member(*path)

    def resolve(source: Happening, info: Info) -> str | None:
        try:
            word = follow(source, info)
        except KeyError:
            return None
        return str(word).upper() if word else None

    return resolve


def _commit(name: str) -> Resolver:
    """The commit that a member names by its hash."""

    def resolve(source: Happening, _info: Info) -> Thing | None:
        sha = source.payload.get(name)
        return bare_commit(sha, event_instant(source.payload)) if sha else None

    return resolve


def bare_commit(sha: str, at: str) -> Thing:
    """A commit of which nothing but its hash is known."""
    who = {"name": "GitHub", "date": at}
    payload = {"sha": sha, "node_id": f"C_{sha}", "message": "", "author": who, "committer": who}
    return Thing("Commit", payload)


def issue_type(kind: Json | None) -> Thing | None:
    """What an issue is, where anybody said so."""
    if not kind:
        return None
    made = {"node_id": node_id("IT", number_of(kind["name"])), "is_enabled": True}
    return Thing("IssueType", {**made, **kind})


def _type(name: str) -> Resolver:
    return lambda source, _info: issue_type(source.payload.get(name))


def _project(source: Happening, info: Info) -> object:
    board = source.payload["project"]
    return info.context.site.board(board["owner"], board["number"])


_ASSIGNMENT: Final = {"assignee": _account("assignee")}
_REQUEST: Final = {"requestedReviewer": _reviewer}
_LINK: Final = {"source": _item, "subject": _other, "isCrossRepository": _crosses}
_LABEL: Final = {"label": lambda source, _info: Thing("Label", source.payload["label"])}
_MILESTONE: Final = {"milestoneTitle": _member("milestone", "title")}
_BOARD: Final = {
    "project": _project,
    "wasAutomated": lambda source, _info: bool(source.payload.get("was_automated")),
}
_PARENT: Final = {"parent": _other}
_CHILD: Final = {"subIssue": _other}
_TYPE: Final = {"issueType": _type("issue_type")}
_REASON: Final = {"stateReason": _upper("state_reason")}

RESOLVERS: Final[Mapping[str, Mapping[str, Resolver]]] = MappingProxyType(
    {
        "AddedToMergeQueueEvent": {"enqueuer": _account("actor")},
        "AddedToProjectV2Event": _BOARD,
        "AssignedEvent": _ASSIGNMENT,
        "AutoMergeDisabledEvent": {"disabler": _account("actor")},
        "AutoMergeEnabledEvent": {"enabler": _account("actor")},
        "ClosedEvent": _REASON,
        "ConnectedEvent": _LINK,
        "CrossReferencedEvent": {
            "source": _other,
            "target": _item,
            "isCrossRepository": _crosses,
            "referencedAt": _member("created_at"),
            "willCloseTarget": lambda source, _info: bool(source.payload.get("will_close_target")),
        },
        "DemilestonedEvent": _MILESTONE,
        "DisconnectedEvent": _LINK,
        "HeadRefDeletedEvent": {
            "headRefName": lambda source, _info: source.item.payload["head"]["ref"]
        },
        "HeadRefForcePushedEvent": {"afterCommit": _commit("commit_id")},
        "IssueTypeAddedEvent": _TYPE,
        "IssueTypeChangedEvent": {**_TYPE, "prevIssueType": _type("prev_issue_type")},
        "IssueTypeRemovedEvent": _TYPE,
        "LabeledEvent": _LABEL,
        "LockedEvent": {"lockReason": _upper("lock_reason")},
        "MergedEvent": {
            "commit": _commit("commit_id"),
            "mergeRefName": lambda source, _info: source.item.payload["base"]["ref"],
        },
        "MilestonedEvent": _MILESTONE,
        "ParentIssueAddedEvent": _PARENT,
        "ParentIssueRemovedEvent": _PARENT,
        "ProjectV2ItemStatusChangedEvent": _BOARD,
        "PullRequestCommit": {"commit": lambda source, _info: Thing("Commit", source.payload)},
        "PullRequestReview": {
            "state": _upper("state"),
            "createdAt": _member("submitted_at"),
            "updatedAt": _member("submitted_at"),
            "body": lambda source, _info: source.payload.get("body") or "",
            "commit": _commit("commit_id"),
        },
        "RemovedFromMergeQueueEvent": {"enqueuer": _account("actor")},
        "RemovedFromProjectV2Event": _BOARD,
        "RenamedTitleEvent": {
            "previousTitle": _member("rename", "from"),
            "currentTitle": _member("rename", "to"),
        },
        "ReopenedEvent": _REASON,
        "ReviewDismissedEvent": {
            "previousReviewState": _upper("dismissed_review", "state"),
            "dismissalMessage": _member("dismissed_review", "dismissal_message"),
            "review": _dismissed,
        },
        "ReviewRequestRemovedEvent": _REQUEST,
        "ReviewRequestedEvent": _REQUEST,
        "SubIssueAddedEvent": _CHILD,
        "SubIssueRemovedEvent": _CHILD,
        "TransferredEvent": {
            "fromRepository": lambda source, info: info.context.repository(
                source.payload["from_repository"]
            ),
            "issue": _item,
        },
        "UnassignedEvent": _ASSIGNMENT,
        "UnlabeledEvent": _LABEL,
    }
)
