"""The same histories for Roadworthy and its peers: issues as Jira tells them, and a log of events.

Every issue walks through five statuses, mostly on, now and then back to any earlier one; its last
change leaves it where it is shown to be.
"""

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks import organisations

STAGES: Final = (
    ("Shaping", "active", "product"),
    ("Ready for Dev", "queue", "engineering"),
    ("In Development", "active", "engineering"),
    ("In Review", "approval", "reviewers"),
    ("Done", "done", "engineering"),
)
"""Status, kind of its stage, whose it is: in order of flow."""
_CATEGORIES: Final = ("new", "new", "indeterminate", "indeterminate", "done")
_ONWARD: Final = 0.65
_CONFIG: Final = """\
warehouse = "{name}.duckdb"
reports = "reports"

[[sources]]
kind = "files"
name = "peers"
path = "{name}.ndjson"
tracker = "jira"
"""
_STAGE: Final = """
[[stages]]
name = "{name}"
kind = "{kind}"
owner = "{owner}"
statuses = ["{name}"]
"""


def write(folder: Path, count: int) -> tuple[Path, Path, Path]:
    """Write as many histories; returns the configuration, the issues and the log of events."""
    name = f"issues-{count}"
    config, told, events = (folder / f"{name}.{kind}" for kind in ("toml", "ndjson", "csv"))
    stages = (_STAGE.format(name=stage, kind=kind, owner=owner) for stage, kind, owner in STAGES)
    config.write_text(_CONFIG.format(name=name) + "".join(stages), encoding="utf-8")
    with (
        told.open("w", encoding="utf-8") as lines,
        events.open("w", newline="", encoding="utf-8") as rows,
    ):
        log = csv.writer(rows)
        log.writerow(("case", "activity", "at", "resource"))
        for issue in _walked(count):
            lines.write(json.dumps(issue) + "\n")
            log.writerows(_events(issue))
    return config, told, events


def _walked(count: int) -> Iterator[dict[str, Any]]:
    dice = random.Random(count)  # noqa: S311 - the same walks every time
    for issue in organisations.issues(count):
        place = 0
        for history in issue["changelog"]["histories"]:
            to = _next(place, dice)
            history["items"][0] |= _change(place, to)
            place = to
        yield issue | {"fields": issue["fields"] | {"status": _status(place)}}


def _next(place: int, dice: random.Random) -> int:
    is_last = place == len(STAGES) - 1
    if place == 0 or (not is_last and dice.random() < _ONWARD):
        return place + 1
    return dice.randrange(place)


def _status(place: int) -> dict[str, Any]:
    category = {"key": _CATEGORIES[place]}
    return {"id": str(place + 1), "name": STAGES[place][0], "statusCategory": category}


def _change(before: int, after: int) -> dict[str, str]:
    return {
        "from": str(before + 1),
        "fromString": STAGES[before][0],
        "to": str(after + 1),
        "toString": STAGES[after][0],
    }


def _events(issue: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Every entry into a status; the resource is whose the status is."""
    owners = {name: owner for name, _, owner in STAGES}
    entries = [(STAGES[0][0], issue["fields"]["created"])]
    entries += [
        (one["items"][0]["toString"], one["created"]) for one in issue["changelog"]["histories"]
    ]
    for status, at in entries:
        yield issue["key"], status, at, owners[status]
