"""What fields are called: the usual words for them, and which of them say how much is wanted."""

from collections.abc import Iterable
from typing import Final

ALIASES: Final = {
    "links": "issuelinks",
    "attachments": "attachment",
    "due date": "duedate",
    "title": "summary",
    "fix version": "fixVersions",
}
"""The name of a field by the word people use for it."""
SETS: Final = (
    "fixversions",
    "versions",
    "components",
    "labels",
    "issuelinks",
    "attachment",
    "assignees",
)
"""Fields that hold a set in every tracker, in lower case."""
POINTS: Final = ("Story Points", "Story point estimate")
"""The fields of a Jira that hold points, by the kind of project."""
TIME: Final = "timeoriginalestimate"
ESTIMATES: Final = (*POINTS, TIME)
"""The fields in which trackers keep an estimate."""
SCOPE_FIELDS: Final = ("description", "Acceptance Criteria", *ESTIMATES)
"""The fields that say what is wanted, and how much."""


def usual_name(word: str) -> str:
    """The name of a field that goes by a usual word, else the word itself."""
    return ALIASES.get(word.lower(), word)


def tracker_names(words: Iterable[str]) -> list[str]:
    """The fields that words stand for, under the names trackers have for them."""
    names = [usual_name(word) for word in words]
    return [one for name in names for one in (ESTIMATES if name.lower() == "estimate" else (name,))]


def known_names() -> frozenset[str]:
    """Usual words for fields, and fields whose names every tracker knows."""
    return frozenset({*ALIASES, *SETS, "estimate", "description"})
