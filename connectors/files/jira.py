"""What an archive of a Jira is: issues as REST returns them, and the side files beside them."""

from collections.abc import Iterator
from typing import Final

from connectors.files.shape import Shape
from connectors.jira import payloads
from connectors.protocol import Payload, Resource


def _main(_value: object, _stem: str) -> Resource:
    return payloads.ISSUES


def _instants(payload: Payload) -> Iterator[object]:
    fields = payload.get("fields")
    if isinstance(fields, dict):
        entries = payloads.histories(payload) or ()
        yield from (fields.get(name) for name in ("created", "updated", "resolutiondate"))
        yield from (entry.get("created") for entry in entries if isinstance(entry, dict))


def _history_length(payload: Payload) -> int | None:
    histories = payloads.histories(payload)
    return None if histories is None else len(histories)


SHAPE: Final = Shape(
    resources=payloads.RESOURCES,
    side_files={one.name: one for one in payloads.RESOURCES if one is not payloads.ISSUES},
    main=_main,
    record=payloads.record,
    instants=_instants,
    history_length=_history_length,
    lacking={
        "issues": "no issues",
        "fields": "no fields.json: custom fields are known by their ids, "
        "and by name as histories call them",
        "versions": "no versions.json: release dates are known only as the issues carry them, "
        "and a date moved without touching an issue is not seen",
        "statuses": "no statuses.json: the category of a status is known only if some issue "
        "stands in it today",
    },
    lacking_history={
        "issues": "changelog: their moves between statuses are unknown",
    },
)
