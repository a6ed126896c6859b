"""What people do to an item while a site is served, each at an instant that the caller names.

As on GitHub, whatever happens in an item's timeline also moves its ``updated_at``; what does not
is in :mod:`github_moves`.
"""

import hashlib
from datetime import datetime
from typing import Literal

from roadworthy.simulator.github_timeline import API, Json, node_id
from roadworthy.simulator.github_timeline import label as label_payload
from roadworthy.simulator.serving.github_opening import commit
from roadworthy.simulator.serving.github_state import Item
from roadworthy.simulator.stamps import github_stamp


def happen(item: Item, event: str, *, at: datetime, by: Json | None, **details: object) -> None:
    """An event comes into the timeline.

    Args:
        item: to what it happens.
        event: its kind as REST calls it, for example ``auto_merge_enabled``.
        at: when.
        by: whose doing; None for an account that was deleted since.
        details: further members that events of this kind have. Where the event speaks of another
            item, ``linked``, ``parent`` or ``sub_issue`` name that one as ``acme/web#3``.
    """
    note(item, event, at, by, details)
    _touch(item, at)


def review(
    item: Item,
    state: Literal["approved", "changes_requested", "commented"],
    *,
    at: datetime,
    by: Json | None,
    body: str = "",
) -> None:
    """A review is submitted; the reviewer is no longer asked for one."""
    told = _review(item, at, by, body)
    item.payload["timeline"].append({**told, "state": state, "event": "reviewed"})
    item.payload["reviews"].append({**told, "state": state.upper()})
    _forget(item, by)
    _touch(item, at)


def label(item: Item, name: str, *, at: datetime, by: Json | None) -> None:
    """A label is put on."""
    item.payload["labels"] = [*item.payload["labels"], label_payload(name)]
    happen(item, "labeled", at=at, by=by, label={"name": name, "color": "c5def5"})


def unlabel(item: Item, name: str, *, at: datetime, by: Json | None) -> None:
    """A label is taken off."""
    item.payload["labels"] = [it for it in item.payload["labels"] if it["name"] != name]
    happen(item, "unlabeled", at=at, by=by, label={"name": name, "color": "c5def5"})


def assign(item: Item, whom: Json, *, at: datetime, by: Json | None) -> None:
    """Somebody becomes an assignee."""
    item.payload["assignees"] = [*item.payload["assignees"], whom]
    item.payload["assignee"] = item.payload["assignees"][0]
    happen(item, "assigned", at=at, by=by, assignee=whom, assigner=by)


def ask(item: Item, whom: Json | str, *, at: datetime, by: Json | None) -> None:
    """Somebody is asked for a review; a team by its slug."""
    if isinstance(whom, str):
        team = {"name": whom, "slug": whom}
        item.payload["requested_teams"] = [*item.payload["requested_teams"], team]
        happen(item, "review_requested", at=at, by=by, review_requester=by, requested_team=team)
        return
    _forget(item, whom)
    item.payload["requested_reviewers"] = [*item.payload["requested_reviewers"], whom]
    happen(item, "review_requested", at=at, by=by, review_requester=by, requested_reviewer=whom)


def unask(item: Item, whom: Json, *, at: datetime, by: Json | None) -> None:
    """A request for a review is taken back."""
    _forget(item, whom)
    event = "review_request_removed"
    happen(item, event, at=at, by=by, review_requester=by, requested_reviewer=whom)


def mark_ready(item: Item, *, at: datetime, by: Json | None) -> None:
    """A draft is declared ready for review."""
    item.payload["draft"] = False
    happen(item, "ready_for_review", at=at, by=by)


def mark_draft(item: Item, *, at: datetime, by: Json | None) -> None:
    """A pull request becomes a draft again."""
    item.payload["draft"] = True
    happen(item, "convert_to_draft", at=at, by=by)


def close(item: Item, *, at: datetime, by: Json | None, reason: str | None = "completed") -> None:
    """An item is closed; the reason is an issue's."""
    item.payload |= {"state": "closed", "closed_at": github_stamp(at)}
    details: Json = {}
    if item.kind == "Issue":
        item.payload |= {"state_reason": reason, "closed_by": by}
        details = {"state_reason": reason}
    happen(item, "closed", at=at, by=by, **details)


def reopen(item: Item, *, at: datetime, by: Json | None) -> None:
    """An item is opened again."""
    item.payload |= {"state": "open", "closed_at": None}
    if item.kind == "Issue":
        item.payload |= {"state_reason": "reopened", "closed_by": None}
    happen(item, "reopened", at=at, by=by)


def merge(item: Item, *, at: datetime, by: Json | None) -> None:
    """A pull request is merged, and thereby closed."""
    sha = f"{_number(item, 'merged'):040x}"
    done = {"merged": True, "merged_at": github_stamp(at), "merged_by": by}
    item.payload |= {**done, "merge_commit_sha": sha}
    happen(item, "merged", at=at, by=by, commit_id=sha)
    close(item, at=at, by=by)


def rename(item: Item, title: str, *, at: datetime, by: Json | None) -> None:
    """An item gets another title."""
    happen(item, "renamed", at=at, by=by, rename={"from": item.payload["title"], "to": title})
    item.payload["title"] = title


def push(item: Item, message: str, *, at: datetime, by: Json | None) -> None:
    """A commit is added to a pull request."""
    sha = f"{_number(item, 'committed'):040x}"
    item.payload["head"] = {**item.payload["head"], "sha": sha}
    item.payload["timeline"].append(commit(item.repository.name, sha, message, at=at, by=by))
    _touch(item, at)


def force_push(item: Item, *, at: datetime, by: Json | None) -> None:
    """The branch of a pull request gets another history."""
    sha = f"{_number(item, 'pushed'):040x}"
    item.payload["head"] = {**item.payload["head"], "sha": sha}
    happen(item, "head_ref_force_pushed", at=at, by=by, commit_id=sha)


def plan(item: Item, title: str, *, at: datetime, by: Json | None) -> None:
    """An item is planned for a milestone of its repository."""
    item.payload["milestone"] = item.repository.milestone(title)
    happen(item, "milestoned", at=at, by=by, milestone={"title": title})


def note(item: Item, event: str, at: datetime, by: Json | None, details: Json) -> None:
    """An event comes into the timeline, and the item does not count as updated."""
    number = _number(item, event)
    told = {
        "id": number,
        "node_id": node_id("E", number),
        "url": f"{API}/repos/{item.repository.name}/issues/events/{number}",
        "actor": by,
        "event": event,
        "commit_id": None,
        "commit_url": None,
        "created_at": github_stamp(at),
        "performed_via_github_app": None,
    }
    item.payload["timeline"].append({**told, **details})


def _review(item: Item, at: datetime, by: Json | None, body: str) -> Json:
    number = _number(item, "reviewed")
    home = f"{API}/repos/{item.repository.name}/pulls/{item.number}"
    page = f"{item.payload['html_url']}#pullrequestreview-{number}"
    return {
        "id": number,
        "node_id": node_id("PRR", number),
        "user": by,
        "body": body,
        "html_url": page,
        "pull_request_url": home,
        "author_association": "MEMBER",
        "_links": {"html": {"href": page}, "pull_request": {"href": home}},
        "submitted_at": github_stamp(at),
        "commit_id": item.payload["head"]["sha"],
    }


def _number(item: Item, event: str) -> int:
    """An id for the next event, the same in each run; no other event has it."""
    name = f"{item.repository.name}#{item.number}/{len(item.payload['timeline'])}/{event}"
    return int(hashlib.sha256(name.encode()).hexdigest()[:13], 16)


def _touch(item: Item, at: datetime) -> None:
    item.payload["updated_at"] = max(item.payload["updated_at"], github_stamp(at))


def _forget(item: Item, whom: Json | None) -> None:
    """Somebody is no longer among those asked for a review."""
    login = whom["login"] if whom else None
    asked = item.payload["requested_reviewers"]
    item.payload["requested_reviewers"] = [it for it in asked if it["login"] != login]
