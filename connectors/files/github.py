"""What an archive of GitHub is: pull requests and issues with their events, and side files.

Pull requests and issues may stand in one file; the payload tells which it is.
"""

from collections.abc import Iterator
from typing import Final

from connectors.files.shape import Shape
from connectors.github import payloads
from connectors.protocol import Payload, Resource

_ONLY_IN_PULLS: Final = frozenset({"base", "head", "merged_at"})


def _main(value: object, stem: str) -> Resource:
    if isinstance(value, dict):
        return payloads.PULLS if _ONLY_IN_PULLS & value.keys() else payloads.ISSUES
    return payloads.PULLS if stem.startswith("pull") else payloads.ISSUES


def _instants(payload: Payload) -> Iterator[object]:
    yield from (
        payload.get(name) for name in ("created_at", "updated_at", "closed_at", "merged_at")
    )
    if "number" not in payload:
        return  # no item, and so without events
    for event in (*(payloads.events(payload) or ()), *(payload.get("reviews") or ())):
        if isinstance(event, dict):
            yield from (event.get(at) for at in ("created_at", "updated_at", "submitted_at"))


def _history_length(payload: Payload) -> int | None:
    events = payloads.events(payload)
    return None if events is None else len(events) + len(payload.get("reviews") or ())


SHAPE: Final = Shape(
    resources=payloads.RESOURCES,
    side_files={
        one.name: one for one in (payloads.MILESTONES, payloads.PROJECT_DATES, payloads.TEAMS)
    },
    main=_main,
    record=payloads.record,
    instants=_instants,
    history_length=_history_length,
    lacking={
        "pulls": "no pull requests",
        "issues": "no issues",
        "milestones": "no milestones.json: due dates are known only as the items carry them, and a "
        "date moved without touching an item is not seen",
    },
    lacking_history={
        "pulls": "timeline: their requests, drafts and verdicts are unknown",
        "issues": "timeline: their moves and labels over time are unknown",
    },
)
