"""New pull requests and issues, as they are the moment somebody opens them."""

from datetime import datetime
from typing import Final

from roadworthy.simulator.github_timeline import API, SITE, Json, node_id
from roadworthy.simulator.serving.github_site import GitHubSite
from roadworthy.simulator.serving.github_state import Item
from roadworthy.simulator.stamps import github_stamp

_SHA_DIGITS: Final = 40
_UNTOUCHED: Final[Json] = {
    "merged": False,
    "merged_at": None,
    "merged_by": None,
    "merge_commit_sha": None,
    "base": {"label": "", "ref": "main", "sha": "0" * _SHA_DIGITS},
    "requested_reviewers": [],
    "requested_teams": [],
    "additions": 1,
    "deletions": 0,
    "changed_files": 1,
    "commits": 1,
    "review_comments": 0,
    "reviews": [],
}
"""What a pull request has before anybody looked at it."""


def open_pull(
    site: GitHubSite,
    repository: str,
    title: str,
    *,
    at: datetime,
    by: Json | None,
    body: str = "",
    branch: str = "",
    is_draft: bool = False,
) -> Item:
    """A pull request is opened. Its one commit was made at the same instant."""
    home = site.by_name[repository]
    number, key = home.next_number(), site.next_id()
    sha = f"{key:0{_SHA_DIGITS}x}"
    payload = {
        **_opened(title, body, at, by),
        **_pull_addresses(repository, number, key),
        **_UNTOUCHED,
        "draft": is_draft,
        "head": {"label": "", "ref": branch or f"branch-{number}", "sha": sha},
        "timeline": [commit(repository, sha, title, at=at, by=by)],
    }
    return home.add("PullRequest", payload)


def open_issue(
    site: GitHubSite, repository: str, title: str, *, at: datetime, by: Json | None, body: str = ""
) -> Item:
    """An issue is opened."""
    home = site.by_name[repository]
    number, key = home.next_number(), site.next_id()
    payload = {
        **_opened(title, body, at, by),
        **addresses(repository, number, key),
        "state_reason": None,
        "closed_by": None,
        "timeline": [],
    }
    return home.add("Issue", payload)


def addresses(repository: str, number: int, key: int) -> Json:
    """What an issue is called by, all of which changes when it moves."""
    return {
        "id": key,
        "node_id": node_id("I", key),
        "number": number,
        "url": f"{API}/repos/{repository}/issues/{number}",
        "html_url": f"{SITE}/{repository}/issues/{number}",
    }


def _pull_addresses(repository: str, number: int, key: int) -> Json:
    page = f"{SITE}/{repository}/pull/{number}"
    return {
        "id": key,
        "node_id": node_id("PR", key),
        "number": number,
        "url": f"{API}/repos/{repository}/pulls/{number}",
        "issue_url": f"{API}/repos/{repository}/issues/{number}",
        "html_url": page,
        "diff_url": f"{page}.diff",
    }


def commit(repository: str, sha: str, message: str, *, at: datetime, by: Json | None) -> Json:
    """A commit in a timeline; it carries its author's clock and no account."""
    name = by["login"] if by else "ghost"
    who = {"name": name, "email": f"{name}@acme.example", "date": github_stamp(at)}
    return {
        "event": "committed",
        "sha": sha,
        "node_id": f"C_{sha}",
        "url": f"{API}/repos/{repository}/git/commits/{sha}",
        "html_url": f"{SITE}/{repository}/commit/{sha}",
        "author": who,
        "committer": who,
        "message": message,
        "parents": [],
        "verification": {"verified": False, "reason": "unsigned"},
    }


def _opened(title: str, body: str, at: datetime, by: Json | None) -> Json:
    return {
        "title": title,
        "body": body,
        "user": by,
        "state": "open",
        "locked": False,
        "active_lock_reason": None,
        "author_association": "MEMBER",
        "comments": 0,
        "labels": [],
        "assignees": [],
        "assignee": None,
        "milestone": None,
        "created_at": github_stamp(at),
        "updated_at": github_stamp(at),
        "closed_at": None,
    }
