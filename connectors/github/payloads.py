"""The resources of GitHub, and what a payload of each must have to be used.

A pull request or issue comes as REST returns it with its ``timeline`` (and ``reviews``) embedded as
lists, or as :mod:`connectors.github.selections` asks for it, where ``timeline`` is a page of nodes.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from connectors.decoding import UnusableError
from connectors.members import named, optional, optional_instant, required, required_instant
from connectors.protocol import Payload, Record, Resource

# `verification` is a commit's signed text, with the e-mail addresses of author and committer in it.
_PERSONAL: Final = frozenset(
    {"avatar_url", "email", "gravatar_id", "notification_email", "twitter_username", "verification"}
)

PULLS: Final = Resource("pulls", key="html_url", cursor="updated_at", classified=_PERSONAL)
ISSUES: Final = Resource("issues", key="html_url", cursor="updated_at", classified=_PERSONAL)
# GitHub forgets a due date when it is moved, a date or iteration of a project, and who was in a
# team: only the copies of each sync show that it was so.
MILESTONES: Final = Resource("milestones", key="id", keeps_versions=True, classified=_PERSONAL)
PROJECT_DATES: Final = Resource(
    "project_dates", key="id", keeps_versions=True, classified=_PERSONAL
)
TEAMS: Final = Resource("teams", key="id", keeps_versions=True, classified=_PERSONAL)
RESOURCES: Final = (PULLS, ISSUES, MILESTONES, PROJECT_DATES, TEAMS)

_LABELS: Final = {"milestones": "title", "project_dates": "field", "teams": "slug"}
_REPOSITORY: Final = re.compile(
    r"https?://[^/]+/(?:api/v3/)?(?:repos/)?(?P<name>[\w.-]+/[\w.-]+)(?:/(?:pulls?|issues)/\d+)?/?",
    re.ASCII,
)


def record(resource: Resource, payload: Payload) -> Record:
    """The payload in its envelope.

    Raises:
        UnusableError: it lacks what makes it a record; the message is the reason.
    """
    if resource.name in _LABELS:
        return _named(resource, payload)
    number = required(payload, "number", int)
    required_instant(payload, "created_at")
    optional(payload, "user", dict)
    events(payload)
    optional(payload, "reviews", list)
    return Record(
        resource=resource.name,
        key=f"{repository_of(payload)}#{number}",
        cursor=optional_instant(payload, "updated_at"),
        payload=payload,
    )


def _named(resource: Resource, payload: Payload) -> Record:
    """A side file's entry; a milestone has one key, whichever interface told of it."""
    entry = named(resource, payload, _LABELS[resource.name])
    # GraphQL calls `id` what REST calls `node_id`; the `id` of REST is a number it alone knows.
    node = optional(payload, "node_id", str) if resource == MILESTONES else None
    return replace(entry, key=node) if node else entry


def events(payload: Payload) -> list[Any] | None:
    """The events of an item in either form, None where none came."""
    timeline = payload.get("timeline")
    if isinstance(timeline, Mapping):
        nodes: list[Any] = required(timeline, "nodes", list, "timeline.")
        return nodes
    listed: list[Any] | None = optional(payload, "timeline", list)
    return listed


def repository_of(payload: Payload) -> str:
    """``<owner>/<repository>``, by whichever member says it; deleted forks leave gaps.

    Raises:
        UnusableError: none does.
    """
    base = payload.get("base")
    for holder in (
        payload.get("repository"),
        base.get("repo") if isinstance(base, Mapping) else None,
    ):
        name = holder.get("full_name") if isinstance(holder, Mapping) else None
        if isinstance(name, str) and re.fullmatch(r"[\w.-]+/[\w.-]+", name, re.ASCII):
            return name
    for member in ("repository_url", "url", "html_url"):
        value = payload.get(member)
        if isinstance(value, str) and (found := _REPOSITORY.fullmatch(value)):
            return found["name"]
    raise UnusableError("no `url`, `repository_url` or `html_url` names its repository")
