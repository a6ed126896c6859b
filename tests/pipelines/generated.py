"""Generated organisations: a handful of items that move, slip, bounce and end at random.

A history is drawn in the words of a tracker (at this minute this person made these edits); from it
follow the frames of ``core``, so that history and present value agree by construction.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias

import polars as pl
from hypothesis import strategies as st

from pipelines.policy import DefinitionOfReady, Measures, Policy, ReadyRule, Stage, Team
from roadworthy.stages.core_frames import Core
from tests.pipelines.core_shapes import SHAPES

Edit: TypeAlias = tuple[str, str | None]

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
SNAPSHOT = MONDAY + timedelta(weeks=20)
SOURCE = "acme"
_INSTANT = pl.Datetime("us", "UTC")

POLICY = Policy(
    stages=(
        Stage("Shaping", "active", "product", 0, ("Idea",)),
        Stage("Ready", "queue", "engineering", 1, ("Ready", "Blocked")),
        Stage("Build", "active", "engineering", 2, ("In Progress",)),
        Stage("Review", "queue", "quality", 3, ("In Review",)),
        Stage("Test", "active", "quality", 4, ("Testing",)),
        Stage("On hold", "parked", None, 5, ("On hold",)),
        Stage("Done", "done", None, 6, ("Done",)),
    ),
    ready=DefinitionOfReady(
        "Ready",
        (
            ReadyRule("criteria", "Acceptance Criteria", "minimum_length", length=10),
            ReadyRule("dated", "duedate", "required", item_types=("Story",)),
        ),
    ),
    measures=Measures(dropped_resolutions=("Won't Do",)),
    teams=(Team("Web", projects=("WEB",)),),
    role_order=("product", "engineering", "quality"),
)
_STATUSES = tuple(status for stage in POLICY.stages for status in stage.statuses)
_ROLES = {"ada": "product", "ben": "engineering", "eva": "quality"}
_PEOPLE = (*_ROLES, "bot", "stranger", None)


@dataclass(frozen=True, slots=True)
class Step:
    """What one person changed in one go, some minutes after the step before."""

    minutes: int
    person: str | None
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Life:
    """An item: when it was created, what it looked like, what happened to it."""

    born_minute: int
    first: tuple[Edit, ...]
    steps: tuple[Step, ...]


def _day(number: int) -> str:
    return (MONDAY.date() + timedelta(days=number)).isoformat()


_DAYS = tuple(_day(number) for number in (3, 10, 11, 14, 40, 60, 90, 125, 200))
# Work that goes back and forth between two roles, and now and then on to an end.
_MOVES = st.tuples(
    st.just("status"),
    st.sampled_from((*("Idea", "Ready") * 5, *("In Progress", "In Review") * 2, *_STATUSES)),
)
_EDITS = st.one_of(
    *(_MOVES, _MOVES, _MOVES, _MOVES),
    st.tuples(st.just("duedate"), st.sampled_from((*_DAYS, None))),
    st.tuples(st.just("resolution"), st.sampled_from(("Fixed", "Won't Do", None))),
    st.tuples(st.just("key"), st.sampled_from(("PAY", "WEB"))),
    st.tuples(st.just("Acceptance Criteria"), st.sampled_from(("short", "long enough", None))),
    st.tuples(st.just("issuetype"), st.sampled_from(("Story", "Bug"))),
)
# Often at the same instant, often within the debounce, else hours or days later.
_MINUTES = st.sampled_from((0, 0, 1, 4, 5, 90, 1440, 1440, 7300, 20000))
_STEPS = st.builds(
    Step,
    _MINUTES,
    st.sampled_from((*_ROLES, *_PEOPLE)),
    st.lists(_EDITS, min_size=1, max_size=3, unique_by=lambda edit: edit[0]).map(tuple),
)
_FIRST = st.tuples(
    st.tuples(st.just("status"), st.sampled_from(("Idea", "Idea", "Idea", "Ready", "Done"))),
    st.tuples(st.just("duedate"), st.sampled_from((None, None, *_DAYS))),
    st.tuples(st.just("key"), st.sampled_from(("PAY", "WEB"))),
)
# Half of the lives come to an end at last: done, or dropped.
_LAST = st.sampled_from(
    (
        (),
        (),
        (Step(1440, "eva", (("status", "Done"), ("resolution", "Fixed"))),),
        (Step(1440, "ada", (("status", "Done"), ("resolution", "Won't Do"))),),
    )
)
_HISTORIES = st.tuples(st.lists(_STEPS, max_size=12).map(tuple), _LAST).map(
    lambda parts: (*parts[0], *parts[1])
)
LIVES = st.builds(Life, st.integers(0, 60 * 24 * 30), _FIRST, _HISTORIES)
# Each run of the pipelines costs the same for one item as for ten; fewer than make a bulk edit.
ORGANISATIONS = st.lists(LIVES, min_size=8, max_size=16).map(tuple)


def core_of(organisation: tuple[Life, ...], *, weeks_later: int = 0) -> Core:
    """The frames a tracker with these items gives, all stamps moved by a number of weeks."""
    later = timedelta(weeks=weeks_later)
    told = [_Told(number, life, later) for number, life in enumerate(organisation, start=1)]
    return Core(
        sources=_frame(
            [{"source": SOURCE, "tracker": "jira", "snapshot_at": SNAPSHOT + later}],
            source=pl.String,
            tracker=pl.String,
            snapshot_at=_INSTANT,
        ),
        items=_frame([one.item() for one in told], **_ITEMS),
        field_changes=_frame([row for one in told for row in one.changes], **_CHANGES),
        field_values=_frame([row for one in told for row in one.values()], **_VALUES),
        statuses=_frame(
            [], **dict.fromkeys(("source", "status_id", "status", "category"), pl.String)
        ),
        release_dates=_frame([], **SHAPES["release_dates"]),
        actors=_frame(
            [{"actor_id": who, "is_bot": who == "bot"} for who in _PEOPLE if who],
            actor_id=pl.String,
            is_bot=pl.Boolean,
        ),
        actor_roles=_frame(
            [{"actor_id": who, "role": role} for who, role in _ROLES.items()],
            actor_id=pl.String,
            role=pl.String,
            valid_from=_INSTANT,
            valid_until=_INSTANT,
        ),
        activities=_frame([], **SHAPES["activities"]),
        item_links=_frame([], **SHAPES["item_links"]),
    )


class _Told:
    """One life, told as a tracker would: changes one by one, and how things stand now."""

    def __init__(self, number: int, life: Life, later: timedelta) -> None:
        self.item_id = f"jira:{SOURCE}:{number}"
        self._number, self._later = number, later
        self._born = MONDAY + timedelta(minutes=life.born_minute) + later
        empty = {"resolution": None, "issuetype": "Story", "Acceptance Criteria": None}
        self._now: dict[str, str | None] = {**empty, **dict(map(self._written, life.first))}
        self.changes: list[dict[str, Any]] = []
        moment = self._born
        for group, step in enumerate(life.steps):
            moment += timedelta(minutes=step.minutes)
            for edit in step.edits:
                self._change(f"{number}-{group}", moment, step.person, self._written(edit))

    def _written(self, edit: Edit) -> Edit:
        """A value as the tracker writes it: keys with a number, days moved with the stamps."""
        field, value = edit
        if field == "key":
            return field, f"{value}-{self._number}"
        if field == "duedate" and value is not None:
            return field, (date.fromisoformat(value) + self._later).isoformat()
        return edit

    def _change(self, group: str, moment: datetime, person: str | None, edit: Edit) -> None:
        field, value = edit
        before = self._now[field]
        if value == before:
            return
        self._now[field] = value
        same_group = [one for one in self.changes if one["change_group"] == group]
        self.changes.append(
            {
                "item_id": self.item_id,
                "change_group": group,
                "ordinal": len(same_group),
                "sequence": len(self.changes) + 1,
                "field": field,
                "is_member": False,
                "from_text": before,
                "to_text": value,
                "actor_id": person,
                "changed_at": moment,
            }
        )

    def item(self) -> dict[str, Any]:
        """The item as it stands now."""
        ended = [one["changed_at"] for one in self.changes if one["field"] == "resolution"]
        key = str(self._now["key"])
        return {
            "item_id": self.item_id,
            "source": SOURCE,
            "tracker": "jira",
            "kind": "ticket",
            "key": key,
            "project": key.partition("-")[0],
            "item_type": self._now["issuetype"],
            "is_subtask": False,
            "status": self._now["status"],
            "components": [],
            "labels": [],
            "created_at": self._born,
            "resolution": self._now["resolution"],
            "resolved_at": ended[-1] if ended and self._now["resolution"] else None,
            "observed_until": SNAPSHOT + self._later,
        }

    def values(self) -> Iterator[dict[str, Any]]:
        """The value of every field now, empty ones too."""
        for field, value in self._now.items():
            yield {"item_id": self.item_id, "field": field, "position": 1, "value_text": value}


def _frame(rows: list[dict[str, Any]], **types: Any) -> pl.DataFrame:
    return pl.DataFrame(
        [[row.get(name) for name in types] for row in rows], schema=types, orient="row"
    )


_ITEMS: dict[str, Any] = {
    **dict.fromkeys(("item_id", "source", "tracker", "kind", "key", "url", "title"), pl.String),
    **dict.fromkeys(("project", "item_type", "parent_id", "status_id", "status"), pl.String),
    "author_id": pl.String,
    "resolution": pl.String,
    "is_subtask": pl.Boolean,
    **dict.fromkeys(("components", "labels"), pl.List(pl.String)),
    **dict.fromkeys(("created_at", "resolved_at", "observed_until"), _INSTANT),
}
_CHANGES: dict[str, Any] = {
    **dict.fromkeys(("item_id", "change_group"), pl.String),
    **dict.fromkeys(("ordinal", "sequence"), pl.Int32),
    **dict.fromkeys(("field", "field_id"), pl.String),
    "is_member": pl.Boolean,
    **dict.fromkeys(("from_id", "from_text", "to_id", "to_text", "actor_id"), pl.String),
    "changed_at": _INSTANT,
}
_VALUES: dict[str, Any] = {
    **dict.fromkeys(("item_id", "field"), pl.String),
    "position": pl.Int32,
    **dict.fromkeys(("field_id", "value_id", "value_text"), pl.String),
}
_RELEASE_DATES: dict[str, Any] = {
    **dict.fromkeys(
        ("release_id", "source", "kind", "version_id", "item_id", "release", "project"), pl.String
    ),
    "release_on": pl.Date,
    "is_released": pl.Boolean,
    **dict.fromkeys(("valid_from", "valid_until"), _INSTANT),
}
