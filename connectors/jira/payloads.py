"""The resources of a Jira, and what a payload of each must have to be used."""

from typing import Final

from connectors.decoding import UnusableError
from connectors.members import (
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
STATUSES: Final = Resource("statuses", key="id", classified=_PERSONAL)
# Jira forgets a release date when it is moved, the dates of a sprint, and who was in a group: only
# the copies of each sync show that it was so.
VERSIONS: Final = Resource("versions", key="id", keeps_versions=True, classified=_PERSONAL)
SPRINTS: Final = Resource("sprints", key="id", keeps_versions=True, classified=_PERSONAL)
GROUPS: Final = Resource("groups", key="id", keeps_versions=True, classified=_PERSONAL)
RESOURCES: Final = (ISSUES, FIELDS, VERSIONS, STATUSES, SPRINTS, GROUPS)


def record(resource: Resource, payload: Payload) -> Record:
    """The payload in its envelope.

    Raises:
        UnusableError: it lacks what makes it a record; the message is the reason.
    """
    return _issue(payload) if resource is ISSUES else named(resource, payload, "name")


def histories(payload: Payload) -> list[object] | None:
    """The changelog's entries, under either name that Jira has for them; None without one."""
    changelog = optional(payload, "changelog", dict)
    if changelog is None:
        return None
    name = "histories" if "histories" in changelog else "values"
    if name not in changelog:
        raise UnusableError("`changelog` has neither `histories` nor `values`")
    entries: list[object] = required(changelog, name, list, "changelog.")
    return entries


def _issue(payload: Payload) -> Record:
    key = identity(payload)
    if not required(payload, "key", str).strip():
        raise UnusableError("`key` is empty")
    fields = required(payload, "fields", dict)
    required_instant(fields, "created", "fields.")
    required(fields, "status", dict, "fields.")
    histories(payload)
    cursor = optional_instant(fields, "updated", "fields.")
    return Record(resource=ISSUES.name, key=key, cursor=cursor, payload=payload)
