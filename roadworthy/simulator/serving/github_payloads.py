"""The answers of REST about items: what a list shows of one, and what only the item itself does."""

from typing import Final

from roadworthy.simulator.github_timeline import API, Json
from roadworthy.simulator.serving.github_state import Item

_INSIDE: Final = frozenset({"timeline", "reviews", "closes", "parent"})
"""What the site keeps with an item and REST tells elsewhere, or not at all."""
_ONLY_ALONE: Final = frozenset(
    {
        "merged",
        "merged_by",
        "mergeable",
        "comments",
        "review_comments",
        "commits",
        "additions",
        "deletions",
        "changed_files",
    }
)
_ONLY_OF_PULLS: Final = _ONLY_ALONE | {
    "head",
    "base",
    "requested_reviewers",
    "requested_teams",
    "merge_commit_sha",
    "merged_at",
    "diff_url",
    "issue_url",
}
_ONLY_OF_EVENTS_INSIDE: Final = frozenset({"linked", "parent", "sub_issue", "will_close_target"})


def alone(item: Item) -> Json:
    """A pull request or issue that was asked for by its number."""
    told = {name: value for name, value in item.payload.items() if name not in _INSIDE}
    if item.kind == "PullRequest":
        repository = item.repository.payload
        told["head"] = {"user": None, "repo": repository, **told["head"]}
        told["base"] = {"user": None, "repo": repository, **told["base"]}
    else:
        told["repository_url"] = item.repository.payload["url"]
    return told


def in_list(item: Item) -> Json:
    """One of a list: of a pull request, what costs GitHub nothing."""
    return {name: value for name, value in alone(item).items() if name not in _ONLY_ALONE}


def as_issue(item: Item) -> Json:
    """As the list of issues tells it, in which pull requests are issues too."""
    if item.kind == "Issue":
        return alone(item)
    payload = item.payload
    told = {name: value for name, value in in_list(item).items() if name not in _ONLY_OF_PULLS}
    return {
        **told,
        "url": f"{API}/repos/{item.repository.name}/issues/{item.number}",
        "repository_url": item.repository.payload["url"],
        "comments": payload.get("comments", 0),
        "state_reason": None,
        "pull_request": {
            "url": payload["url"],
            "html_url": payload["html_url"],
            "diff_url": f"{payload['html_url']}.diff",
            "patch_url": f"{payload['html_url']}.patch",
            "merged_at": payload["merged_at"],
        },
    }


def event(payload: Json) -> Json:
    """An event of a timeline, without what only GraphQL tells."""
    return {name: value for name, value in payload.items() if name not in _ONLY_OF_EVENTS_INSIDE}
