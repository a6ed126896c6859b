"""What GraphQL tells of pull requests and issues, and of what hangs on them."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from graphql import GraphQLUnionType

from roadworthy.simulator.github_timeline import Json
from roadworthy.simulator.serving.github_accounts import team
from roadworthy.simulator.serving.github_edition import item_type
from roadworthy.simulator.serving.github_events import (
    KINDS,
    Resolver,
    bare_commit,
    issue_type,
    reference,
)
from roadworthy.simulator.serving.github_paging import connection, page_of
from roadworthy.simulator.serving.github_state import Happening, Item, Thing
from roadworthy.simulator.serving.github_viewing import Info, account_of, event_instant, stamp_of

_item_type = cache(item_type)


def timeline_items(source: Item, info: Info, **asked: Any) -> Json:  # noqa: ANN401
    """A page of the events that the server knows and the viewer may see.

    ``totalCount`` counts them all, ``filteredCount`` those of the kinds that were asked for.
    """
    union = info.schema.type_map[f"{source.kind}TimelineItems"]
    known = {kind.name for kind in union.types} if isinstance(union, GraphQLUnionType) else set()
    shown = [
        ([place], happening)
        for place, happening in enumerate(_happenings(source))
        if happening.kind in known and _is_visible(happening, info)
    ]
    filtered = [pair for pair in shown if _is_wanted(pair[1], asked)]
    page = page_of(filtered[asked.get("skip") or 0 :], asked)
    return {
        **page,
        "totalCount": len(shown),
        "filteredCount": len(filtered),
        "pageCount": len(page["nodes"]),
        "updatedAt": source.payload["updated_at"],
    }


def _is_wanted(happening: Happening, asked: Json) -> bool:
    wanted, since = asked.get("itemTypes"), stamp_of(asked.get("since"))
    is_of_kind = wanted is None or _item_type(happening.kind) in wanted
    return is_of_kind and event_instant(happening.payload) >= since


def _happenings(item: Item) -> list[Happening]:
    return [
        Happening(KINDS.get(event["event"], event["event"]), event, item)
        for event in item.payload["timeline"]
    ]


def _is_visible(happening: Happening, info: Info) -> bool:
    """An event that speaks of an item elsewhere is shown to those who see that one too."""
    other = reference(happening.payload)
    return other is None or info.context.referred(other) is not None


def _labels(source: Item, _info: Info, **asked: Any) -> Json:  # noqa: ANN401
    labels = [Thing("Label", label, source.repository) for label in source.payload["labels"]]
    return connection(labels, asked)


def _assignees(source: Item, _info: Info, **asked: Any) -> Json:  # noqa: ANN401
    return connection([account_of(a) for a in source.payload["assignees"]], asked)


def _milestone(source: Item, _info: Info) -> Thing | None:
    carried = source.payload["milestone"]
    return Thing("Milestone", carried, source.repository) if carried else None


def _state(source: Item, _info: Info) -> str:
    return "MERGED" if source.is_merged else str(source.payload["state"]).upper()


def _state_reason(
    source: Item,
    _info: Info,
    *,
    enableDuplicate: bool = False,  # noqa: N803 - so spelt there
) -> str | None:
    reason = (source.payload.get("state_reason") or "").upper() or None
    return "NOT_PLANNED" if reason == "DUPLICATE" and not enableDuplicate else reason


def _boards(source: Item, info: Info, **asked: Any) -> Json:  # noqa: ANN401
    at = (source.repository.name, source.number)
    placed = [
        (board, item)
        for board in info.context.site.boards
        for item in board.items
        if (item.repository, item.number) == at
    ]
    return connection(placed, asked)


def _closing(source: Item, info: Info, **asked: Any) -> Json:  # noqa: ANN401
    return connection(info.context.closed_by(source), asked)


def _closers(source: Item, info: Info, **asked: Any) -> Json:  # noqa: ANN401
    pulls = (p for p in info.context.site.items() if p.kind == "PullRequest")
    return connection([p for p in pulls if source in info.context.closed_by(p)], asked)


def _parent(source: Item, info: Info) -> Item | None:
    named = source.payload.get("parent")
    return info.context.referred(named) if named else None


def _children(source: Item, info: Info, **asked: Any) -> Json:  # noqa: ANN401
    here = f"{source.repository.name}#{source.number}"
    items = info.context.site.items()
    return connection([item for item in items if item.payload.get("parent") == here], asked)


def _reviews(source: Item, _info: Info, **asked: Any) -> Json:  # noqa: ANN401
    states, reviews = asked.get("states"), source.payload["reviews"]
    shown = [r for r in reviews if states is None or r["state"] in states]
    return connection([Happening("PullRequestReview", r, source) for r in shown], asked)


def _requests(source: Item, _info: Info, **asked: Any) -> Json:  # noqa: ANN401
    people = [account_of(person) for person in source.payload["requested_reviewers"]]
    teams = [
        Thing("Team", {**team(source.repository.owner, t["slug"]), **t})
        for t in source.payload["requested_teams"]
    ]
    things = [thing for thing in (*people, *teams) if thing]
    return connection([(source, thing) for thing in things], asked)


def _commits(source: Item, _info: Info, **asked: Any) -> Json:  # noqa: ANN401
    happenings = (h for h in _happenings(source) if h.kind == "PullRequestCommit")
    return connection(happenings, asked)


def _is_queued(source: Item, _info: Info) -> bool:
    kinds = ("added_to_merge_queue", "removed_from_merge_queue")
    moves = [e["event"] for e in source.payload["timeline"] if e["event"] in kinds]
    return bool(moves) and moves[-1] == kinds[0] and not source.is_merged


def _merge_commit(source: Item, _info: Info) -> Thing | None:
    sha = source.payload.get("merge_commit_sha")
    return bare_commit(sha, source.payload["merged_at"]) if sha and source.is_merged else None


def _end(side: str, name: str) -> Resolver:
    return lambda source, _info: source.payload[side][name]


def _decision(source: Item, _info: Info) -> str | None:
    """What the latest verdicts of the reviewers come to, in a repository that requires one."""
    verdicts: dict[str, str] = {}
    for review in source.payload["reviews"]:
        if review["state"] != "COMMENTED" and review["user"]:
            verdicts[review["user"]["login"]] = review["state"]
    if "CHANGES_REQUESTED" in verdicts.values():
        return "CHANGES_REQUESTED"
    return "APPROVED" if "APPROVED" in verdicts.values() else "REVIEW_REQUIRED"


_OF_BOTH: Final[Mapping[str, Resolver]] = {
    "assignees": _assignees,
    "body": lambda source, _info: source.payload.get("body") or "",
    "closed": lambda source, _info: source.payload["closed_at"] is not None,
    "labels": _labels,
    "milestone": _milestone,
    "projectItems": _boards,
    "state": _state,
    "timelineItems": timeline_items,
}
RESOLVERS: Final[Mapping[str, Mapping[str, Resolver]]] = MappingProxyType(
    {
        "PullRequest": {
            **_OF_BOTH,
            "baseRefName": _end("base", "ref"),
            "baseRefOid": _end("base", "sha"),
            "closingIssuesReferences": _closing,
            "commits": _commits,
            "headRefName": _end("head", "ref"),
            "headRefOid": _end("head", "sha"),
            "headRepository": lambda source, _info: source.repository,
            "isDraft": lambda source, _info: bool(source.payload["draft"]),
            "isInMergeQueue": _is_queued,
            "mergeCommit": _merge_commit,
            "merged": lambda source, _info: source.is_merged,
            "mergedBy": lambda source, _info: account_of(source.payload.get("merged_by")),
            "reviewDecision": _decision,
            "reviewRequests": _requests,
            "reviews": _reviews,
        },
        "Issue": {
            **_OF_BOTH,
            "closedByPullRequestsReferences": _closers,
            "issueType": lambda source, _info: issue_type(source.payload.get("type")),
            "parent": _parent,
            "stateReason": _state_reason,
            "subIssues": _children,
        },
        "ReviewRequest": {
            "id": lambda pair, _info: f"RR_{pair[0].number}_{pair[1].payload['node_id']}",
            "databaseId": lambda _pair, _info: None,
            "asCodeOwner": lambda _pair, _info: False,
            "requestedReviewer": lambda pair, _info: pair[1],
            "pullRequest": lambda pair, _info: pair[0],
        },
    }
)
