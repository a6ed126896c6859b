"""Pull requests and issues as GitHub's REST API has them, timeline and reviews embedded."""

import hashlib

from roadworthy.simulator.github_timeline import (
    API,
    SITE,
    Json,
    label,
    node_id,
    review,
    timeline,
    user,
)
from roadworthy.simulator.organisation import Organisation
from roadworthy.simulator.people import CONTRACTOR, Person
from roadworthy.simulator.pull import Event, GitHubIssue, Pull
from roadworthy.simulator.release import Release
from roadworthy.simulator.stamps import github_stamp


def pull_payload(organisation: Organisation, pull: Pull) -> Json:
    """One pull request."""
    home, page = f"{API}/repos/{pull.repository}", f"{SITE}/{pull.repository}/pull/{pull.number}"
    return {
        "url": f"{home}/pulls/{pull.number}",
        "id": pull.id,
        "node_id": node_id("PR", pull.id),
        "html_url": page,
        "diff_url": f"{page}.diff",
        "issue_url": f"{home}/issues/{pull.number}",
        "number": pull.number,
        "locked": False,
        "title": pull.title,
        "user": user(pull.author),
        "body": f"Implements {pull.title}.",
        **_state(pull.events, pull),
        **_ends(pull),
        **_asked(pull),
        "milestone": _milestone(organisation, pull),
        "author_association": "MEMBER",
        **pull.size,
        "changed_files": 1 + pull.size["additions"] // 60,
        "commits": sum(e.kind == "committed" for e in pull.events),
        "comments": 0,
        "review_comments": sum(e.kind == "reviewed" and bool(e.body) for e in pull.events),
        "timeline": [timeline(pull, event) for event in pull.events],
        "reviews": [review(pull, e) for e in pull.events if e.kind == "reviewed"],
    }


def issue_payload(issue: GitHubIssue) -> Json:
    """One issue."""
    home = f"{API}/repos/{issue.repository}/issues/{issue.number}"
    state = _state(issue.events, issue)
    closers = [e.actor for e in issue.events if e.kind == "closed"]
    return {
        "url": home,
        "repository_url": f"{API}/repos/{issue.repository}",
        "id": issue.id,
        "node_id": node_id("I", issue.id),
        "html_url": f"{SITE}/{issue.repository}/issues/{issue.number}",
        "number": issue.number,
        "title": issue.title,
        "user": user(issue.author),
        "body": issue.body,
        "locked": False,
        "author_association": "NONE" if issue.author is CONTRACTOR else "MEMBER",
        "comments": 0,
        **state,
        "state_reason": "completed" if state["closed_at"] else None,
        "closed_by": user(closers[-1]) if state["closed_at"] else None,
        "milestone": None,
        "timeline": [timeline(issue, event) for event in issue.events],
    }


def _state(events: list[Event], subject: Pull | GitHubIssue) -> Json:
    """What the events so far have made of state, labels and assignees."""
    closed_at, labels, assignees = None, list[str](), list[Person]()
    for event in events:
        if event.kind in ("closed", "reopened"):
            closed_at = event.at if event.kind == "closed" else None
        elif event.kind == "labeled":
            labels.append(str(event.subject))
        elif event.kind == "unlabeled":
            labels.remove(str(event.subject))
        elif event.kind == "assigned" and isinstance(event.subject, Person):
            assignees.append(event.subject)
    last_at = max((event.at for event in events), default=subject.created_at)
    return {
        "state": "closed" if closed_at else "open",
        "created_at": github_stamp(subject.created_at),
        "updated_at": github_stamp(max(last_at, subject.created_at)),
        "closed_at": github_stamp(closed_at) if closed_at else None,
        "labels": [label(name) for name in labels],
        "assignees": [user(person) for person in assignees],
        "assignee": user(assignees[0]) if assignees else None,
        "active_lock_reason": None,
    }


def _ends(pull: Pull) -> Json:
    """Merge, draft, and the two branches."""
    merge = next((e for e in pull.events if e.kind == "merged"), None)
    shas = [e.sha for e in pull.events if e.kind in ("committed", "head_ref_force_pushed")]
    drafts = [e.kind for e in pull.events if e.kind in ("ready_for_review", "convert_to_draft")]
    is_draft = drafts[-1] == "convert_to_draft" if drafts else pull.is_created_as_draft
    head = {"label": f"acme:{pull.branch}", "ref": pull.branch, "sha": shas[-1]}
    base = {
        "label": "acme:main",
        "ref": "main",
        "sha": hashlib.sha256(shas[0].encode()).hexdigest()[:40],
    }
    return {
        "draft": is_draft,
        "merged": merge is not None,
        "merged_at": github_stamp(merge.at) if merge else None,
        "merged_by": user(merge.actor) if merge else None,
        "merge_commit_sha": merge.sha if merge else None,
        "head": head,
        "base": base,
    }


def _asked(pull: Pull) -> Json:
    """Who is still asked for a review: asked, not taken off, and not answered since."""
    people, teams = list[Person](), list[str]()
    for event in pull.events:
        subject = event.subject
        if event.kind == "review_requested" and isinstance(subject, Person):
            people = [*(p for p in people if p is not subject), subject]
        elif event.kind == "review_requested":
            teams.append(str(subject))
        elif event.kind == "review_request_removed":
            people = [p for p in people if p is not subject]
        elif event.kind == "reviewed":
            people = [p for p in people if p is not event.actor]
    return {
        "requested_reviewers": [user(person) for person in people],
        "requested_teams": [{"slug": slug, "name": slug} for slug in teams],
    }


def _milestone(organisation: Organisation, pull: Pull) -> Json | None:
    titles = [str(e.subject) for e in pull.events if e.kind == "milestoned"]
    if not titles:
        return None
    release = next((r for r in organisation.releases if r.name == titles[-1]), None)
    return {"title": titles[-1], **(_dates(release) if release else {"state": "open"})}


def _dates(release: Release) -> Json:
    return {
        "number": int(release.id) - 10400,
        "id": int(release.id),
        "state": "closed" if release.shipped_at else "open",
        "due_on": f"{release.due_on.isoformat()}T07:00:00Z",
        "closed_at": github_stamp(release.shipped_at) if release.shipped_at else None,
    }
