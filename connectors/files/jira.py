"""What an archived Jira payload must have: issues as REST returns them, and three side files."""

from collections.abc import Iterator
from typing import Final

from connectors.files.decoding import UnusableError
from connectors.files.shape import (
    Shape,
    identity,
    named,
    optional,
    optional_instant,
    required,
    required_instant,
)
from connectors.protocol import Payload, Record, Resource

_PERSONAL: Final = frozenset({"avatarUrls", "emailAddress", "timeZone"})

ISSUES: Final = Resource("issues", key="id", cursor="fields.updated", classified=_PERSONAL)
FIELDS: Final = Resource("fields", key="id", classified=_PERSONAL)
# Jira forgets a release date when it is moved: only the copies of a version show that it was.
VERSIONS: Final = Resource("versions", key="id", keeps_versions=True, classified=_PERSONAL)
STATUSES: Final = Resource("statuses", key="id", classified=_PERSONAL)


def _main(_value: object, _stem: str) -> Resource:
    return ISSUES


def _record(resource: Resource, payload: Payload) -> Record:
    return _issue(payload) if resource is ISSUES else named(resource, payload, "name")


def _issue(payload: Payload) -> Record:
    key = identity(payload)
    required(payload, "key", str)
    fields = required(payload, "fields", dict)
    required_instant(fields, "created", "fields.")
    required(fields, "status", dict, "fields.")
    _histories(payload)
    cursor = optional_instant(fields, "updated", "fields.")
    return Record(resource=ISSUES.name, key=key, cursor=cursor, payload=payload)


def _histories(payload: Payload) -> list[object] | None:
    """The changelog's entries, under either name that Jira has for them; None without one."""
    changelog = optional(payload, "changelog", dict)
    if changelog is None:
        return None
    name = "histories" if "histories" in changelog else "values"
    if name not in changelog:
        raise UnusableError("`changelog` has neither `histories` nor `values`")
    histories: list[object] = required(changelog, name, list, "changelog.")
    return histories


def _instants(payload: Payload) -> Iterator[object]:
    fields = payload.get("fields")
    if isinstance(fields, dict):
        yield from (fields.get(name) for name in ("created", "updated", "resolutiondate"))
        yield from (
            entry.get("created") for entry in _histories(payload) or () if isinstance(entry, dict)
        )


def _history_length(payload: Payload) -> int | None:
    histories = _histories(payload)
    return None if histories is None else len(histories)


SHAPE: Final = Shape(
    resources=(ISSUES, FIELDS, VERSIONS, STATUSES),
    side_files={resource.name: resource for resource in (FIELDS, VERSIONS, STATUSES)},
    main=_main,
    record=_record,
    instants=_instants,
    history_length=_history_length,
    lacking={
        "issues": "no issues",
        "fields": "no fields.json: custom fields are known by the name in their history only",
        "versions": "no versions.json: release dates are known only as the issues carry them, "
        "and a date moved without touching an issue is not seen",
        "statuses": "no statuses.json: the category of a status is known only if some issue "
        "stands in it today",
    },
    lacking_history={
        "issues": "without changelog: their moves between statuses are unknown",
    },
)
