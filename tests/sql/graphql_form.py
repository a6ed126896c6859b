"""A payload of GitHub's REST interface as its GraphQL tells the same: written for the tests alone.

Events of kinds that are not asked for do not come.
"""

from typing import Any, TypeAlias

Payload: TypeAlias = dict[str, Any]

KINDS = {
    "labeled": "LabeledEvent",
    "unlabeled": "UnlabeledEvent",
    "milestoned": "MilestonedEvent",
    "demilestoned": "DemilestonedEvent",
    "renamed": "RenamedTitleEvent",
    "assigned": "AssignedEvent",
    "closed": "ClosedEvent",
    "reopened": "ReopenedEvent",
    "merged": "MergedEvent",
    "committed": "PullRequestCommit",
    "reviewed": "PullRequestReview",
    "review_dismissed": "ReviewDismissedEvent",
    "review_requested": "ReviewRequestedEvent",
    "review_request_removed": "ReviewRequestRemovedEvent",
    "ready_for_review": "ReadyForReviewEvent",
    "convert_to_draft": "ConvertToDraftEvent",
    "head_ref_force_pushed": "HeadRefForcePushedEvent",
}
SAME = ("number", "title", "body", "html_url", "created_at", "updated_at", "closed_at", "milestone")
OF_PULLS = ("draft", "merged", "merged_at")


def as_graphql(payload: Payload, nodes: dict[str, str]) -> Payload:
    """The same item as GraphQL gives it; ``nodes`` are the node ids of events by their number."""
    events = [_event(one, nodes) for one in payload["timeline"] if one["event"] in KINDS]
    is_pull = "draft" in payload
    asked = [_asked(one, None) for one in payload.get("requested_reviewers", [])]
    asked += [_asked(None, one) for one in payload.get("requested_teams", [])]
    merged = payload.get("merged_at") is not None
    return {
        "node_id": payload["node_id"],
        "id": payload["id"],
        **{name: payload[name] for name in (*SAME, *(OF_PULLS if is_pull else ()))},
        "state": "MERGED" if merged else payload["state"].upper(),
        "repository": {"full_name": "acme/web"},
        "user": _actor(payload["user"]),
        "labels": {"nodes": [{"name": label["name"]} for label in payload["labels"]]},
        "assignees": {"nodes": [_actor(person) for person in payload["assignees"]]},
        "timeline": {
            "total": len(events),
            "pageInfo": {"hasNextPage": False, "endCursor": None},
            "nodes": events,
        },
        **(_of_pull(payload, asked) if is_pull else _of_issue(payload)),
    }


def _of_pull(payload: Payload, asked: list[Payload]) -> Payload:
    return {
        "head_ref": payload["head"]["ref"],
        "base_ref": payload["base"]["ref"],
        "merged_by": _actor(payload["merged_by"]),
        "review_requests": {"nodes": asked},
    }


def _of_issue(payload: Payload) -> Payload:
    reason = payload["state_reason"]
    return {"state_reason": reason and reason.upper()}


def _event(event: Payload, nodes: dict[str, str]) -> Payload:
    told: Payload = {"event": KINDS[event["event"]], "id": event["node_id"]}
    if "id" in event:
        nodes[str(event["id"])] = event["node_id"]
    if event["event"] == "committed":
        committed_at = event["committer"]["date"]
        commit = {"sha": event["sha"], "committed_at": committed_at, "message": event["message"]}
        return {**told, "commit": commit}
    if event["event"] == "reviewed":
        return {
            **told,
            "created_at": event["submitted_at"],
            "submitted_at": event["submitted_at"],
            "state": event["state"].upper(),
            "body": event["body"],
            "user": _actor(event["user"]),
        }
    by = {"created_at": event["created_at"], "actor": _actor(event["actor"])}
    return {**told, **by, **_details(event, nodes)}


def _details(event: Payload, nodes: dict[str, str]) -> Payload:
    kind = event["event"]
    if kind.startswith("review_request"):
        return _asked(event.get("requested_reviewer"), event.get("requested_team"))
    members: dict[str, Payload] = {
        "label": {"label": {"name": event.get("label", {}).get("name")}},
        "milestone": {"milestone_title": event.get("milestone", {}).get("title")},
        "rename": {f"rename_{end}": event.get("rename", {}).get(end) for end in ("from", "to")},
        "assignee": {"assignee": _actor(event.get("assignee"))},
        "dismissed_review": _dismissal(event.get("dismissed_review"), nodes),
    }
    return next((told for name, told in members.items() if name in event), {})


def _dismissal(dismissed: Payload | None, nodes: dict[str, str]) -> Payload:
    if dismissed is None:
        return {}
    return {
        "previous_review_state": dismissed["state"].upper(),
        "dismissed_review": {"review_id": nodes[str(dismissed["review_id"])]},
    }


def _asked(person: Payload | None, team: Payload | None) -> Payload:
    return {
        "requested_reviewer": _actor(person) if person else {"type": "Team"},
        "requested_team": {"slug": team["slug"], "name": team["name"]} if team else {},
    }


def _actor(person: Payload | None) -> Payload | None:
    if person is None:
        return None
    login = person["login"].removesuffix("[bot]")
    return {"login": login, "type": person["type"], "id": person["id"]}
