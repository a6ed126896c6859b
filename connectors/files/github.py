"""What an archived GitHub payload must have: pull requests and issues as REST returns them.

Each carries its ``timeline``, and a pull request may carry its ``reviews``, as members of its own.
Both kinds may stand in one file; the payload tells which it is.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from connectors.files.decoding import UnusableError
from connectors.files.shape import (
    Shape,
    named,
    optional,
    optional_instant,
    required,
    required_instant,
)
from connectors.protocol import Payload, Record, Resource

# `verification` is a commit's signed text, with the e-mail addresses of author and committer in it.
_PERSONAL: Final = frozenset(
    {"avatar_url", "email", "gravatar_id", "notification_email", "twitter_username", "verification"}
)

PULLS: Final = Resource("pulls", key="html_url", cursor="updated_at", classified=_PERSONAL)
ISSUES: Final = Resource("issues", key="html_url", cursor="updated_at", classified=_PERSONAL)
# GitHub forgets a due date when it is moved: only the copies of a milestone show that it was.
MILESTONES: Final = Resource("milestones", key="id", keeps_versions=True, classified=_PERSONAL)

_ONLY_IN_PULLS: Final = frozenset({"base", "head", "merged_at"})
_REPOSITORY: Final = re.compile(
    r"https?://[^/]+/(?:api/v3/)?(?:repos/)?(?P<name>[\w.-]+/[\w.-]+)(?:/(?:pulls?|issues)/\d+)?/?",
    re.ASCII,
)


def _main(value: object, stem: str) -> Resource:
    if isinstance(value, dict):
        return PULLS if _ONLY_IN_PULLS & value.keys() else ISSUES
    return PULLS if stem.startswith("pull") else ISSUES


def _record(resource: Resource, payload: Payload) -> Record:
    if resource is MILESTONES:
        return named(resource, payload, "title")
    number = required(payload, "number", int)
    required_instant(payload, "created_at")
    optional(payload, "user", dict)
    optional(payload, "timeline", list)
    optional(payload, "reviews", list)
    return Record(
        resource=resource.name,
        key=f"{_repository(payload)}#{number}",
        cursor=optional_instant(payload, "updated_at"),
        payload=payload,
    )


def _repository(payload: Payload) -> str:
    """``<owner>/<repository>``, by whichever member says it; deleted forks leave gaps."""
    base = payload.get("base")
    repository = base.get("repo") if isinstance(base, Mapping) else None
    name = repository.get("full_name") if isinstance(repository, Mapping) else None
    if isinstance(name, str) and re.fullmatch(r"[\w.-]+/[\w.-]+", name, re.ASCII):
        return name
    for member in ("repository_url", "url", "html_url"):
        value = payload.get(member)
        if isinstance(value, str) and (found := _REPOSITORY.fullmatch(value)):
            return found["name"]
    raise UnusableError("no `url`, `repository_url` or `html_url` names its repository")


def _instants(payload: Payload) -> Iterator[object]:
    yield from (
        payload.get(name) for name in ("created_at", "updated_at", "closed_at", "merged_at")
    )
    for name in ("timeline", "reviews"):
        for event in payload.get(name) or ():
            if isinstance(event, dict):
                yield from (event.get(at) for at in ("created_at", "updated_at", "submitted_at"))


def _history_length(payload: Payload) -> int | None:
    timeline = payload.get("timeline")
    return None if timeline is None else len(timeline) + len(payload.get("reviews") or ())


SHAPE: Final = Shape(
    resources=(PULLS, ISSUES, MILESTONES),
    side_files={"milestones": MILESTONES},
    main=_main,
    record=_record,
    instants=_instants,
    history_length=_history_length,
    lacking={
        "pulls": "no pull requests",
        "issues": "no issues",
        "milestones": "no milestones.json: due dates are known only as the items carry them, and a "
        "date moved without touching an item is not seen",
    },
    lacking_history={
        "pulls": "without timeline: their requests, drafts and verdicts are unknown",
        "issues": "without timeline: their moves and labels over time are unknown",
    },
)
