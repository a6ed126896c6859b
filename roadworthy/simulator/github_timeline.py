"""One event of a timeline as GitHub's REST API writes it, each kind with its own members."""

from base64 import b64encode
from functools import cache
from typing import Any, TypeAlias

from roadworthy.simulator.people import CONTRACTOR, Person
from roadworthy.simulator.pull import Event, GitHubIssue, Pull
from roadworthy.simulator.stamps import github_stamp

Json: TypeAlias = dict[str, Any]
SITE = "https://github.com"
API = "https://api.github.com"


@cache
def user(person: Person) -> Json:
    """A user as every answer embeds it; one object for all of them, so not to be changed."""
    is_bot = person.role == "bot"
    page = f"{SITE}/apps/acme-ci" if is_bot else f"{SITE}/{person.login}"
    return {
        "login": person.login,
        "id": person.github_id,
        "node_id": node_id("U", person.github_id),
        "avatar_url": f"https://avatars.githubusercontent.com/u/{person.github_id}?v=4",
        "gravatar_id": "",
        "url": f"{API}/users/{person.login}",
        "html_url": page,
        "type": "Bot" if is_bot else "User",
        "user_view_type": "public",
        "site_admin": False,
    }


def label(name: str) -> Json:
    """A label."""
    return {"name": name, "color": "c5def5", "default": False, "description": ""}


def timeline(subject: Pull | GitHubIssue, event: Event) -> Json:
    """The event as the timeline lists it."""
    if event.kind == "committed":
        return _commit(subject, event)
    if event.kind == "reviewed":
        return {**_review(subject, event), "state": event.state, "event": "reviewed"}
    home = f"{API}/repos/{subject.repository}/issues/events/{event.id}"
    return {
        "id": event.id,
        "node_id": node_id("E", event.id),
        "url": home,
        "actor": user(event.actor),
        "event": event.kind,
        "commit_id": event.sha or None,
        "commit_url": None,
        "created_at": github_stamp(event.at),
        **_details(subject, event),
        "performed_via_github_app": None,
    }


def review(subject: Pull, event: Event) -> Json:
    """The review as the list of reviews has it: the same, with its state in capitals."""
    return {**_review(subject, event), "state": event.state.upper()}


def _review(subject: Pull | GitHubIssue, event: Event) -> Json:
    page = f"{SITE}/{subject.repository}/pull/{subject.number}"
    home = f"{API}/repos/{subject.repository}/pulls/{subject.number}"
    html = f"{page}#pullrequestreview-{event.id}"
    return {
        "id": event.id,
        "node_id": node_id("PRR", event.id),
        "user": user(event.actor),
        "body": event.body,
        "html_url": html,
        "pull_request_url": home,
        "author_association": "NONE" if event.actor is CONTRACTOR else "MEMBER",
        "_links": {"html": {"href": html}, "pull_request": {"href": home}},
        "submitted_at": github_stamp(event.at),
        "commit_id": _head(subject, event),
    }


def _head(subject: Pull | GitHubIssue, event: Event) -> str:
    """The commit that was the head when the event happened."""
    pushed = [
        e.sha
        for e in subject.events
        if e.kind in ("committed", "head_ref_force_pushed") and e.at <= event.at
    ]
    return pushed[-1]


def _commit(subject: Pull | GitHubIssue, event: Event) -> Json:
    """A commit carries its author's clock and no account."""
    who = {
        "name": event.actor.name,
        "email": event.actor.email,
        "date": github_stamp(event.at),
    }
    home = f"{API}/repos/{subject.repository}/git/commits/{event.sha}"
    return {
        "sha": event.sha,
        "node_id": node_id("C", event.id),
        "url": home,
        "html_url": f"{SITE}/{subject.repository}/commit/{event.sha}",
        "author": who,
        "committer": who,
        "tree": {"sha": event.sha[::-1], "url": f"{home}/tree"},
        "message": event.body,
        "parents": [],
        "verification": {"verified": False, "reason": "unsigned"},
        "event": "committed",
    }


def _details(subject: Pull | GitHubIssue, event: Event) -> Json:
    """What only this kind of event has."""
    thing = event.subject
    if event.kind in ("labeled", "unlabeled"):
        return {"label": {"name": str(thing), "color": "c5def5"}}
    if event.kind in ("milestoned", "demilestoned"):
        return {"milestone": {"title": str(thing)}}
    if event.kind == "renamed":
        return {"rename": {"from": f"WIP {subject.title}", "to": subject.title}}
    if event.kind == "assigned" and isinstance(thing, Person):
        return {"assignee": user(thing), "assigner": user(event.actor)}
    if event.kind.startswith("review_request"):
        asked = (
            {"requested_reviewer": user(thing)}
            if isinstance(thing, Person)
            else {"requested_team": {"name": str(thing), "slug": str(thing)}}
        )
        return {"review_requester": user(event.actor), **asked}
    return _dismissal(subject, event) if event.kind == "review_dismissed" else {}


def _dismissal(subject: Pull | GitHubIssue, event: Event) -> Json:
    """Which review no longer counts, and what it had said."""
    dismissed = [e.id for e in subject.events if e.state == "dismissed" and e.at <= event.at]
    return {
        "dismissed_review": {
            "state": event.state,
            "review_id": dismissed[-1],
            "dismissal_message": event.body,
        }
    }


def node_id(prefix: str, number: int) -> str:
    """A global id: the kind of thing it is of, and its number."""
    return f"{prefix}_{b64encode(str(number).encode()).decode().rstrip('=')}"
