"""From a case to what the product reads: the frames of ``core`` and a policy."""

import copy
from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import polars as pl

from pipelines.policy import Policy
from roadworthy.config.model import Config
from roadworthy.stages.core_frames import Core
from roadworthy.stages.policies import policy_of
from tests.pipelines.case_files import Case, CaseError, Table
from tests.pipelines.case_lives import Life, Row
from tests.pipelines.case_story import Story
from tests.pipelines.case_words import EMPTY, instant
from tests.pipelines.core_shapes import SHAPES

_TRACKERS = {"acme": "jira", "code": "github"}
_NO_ROLES = ("bot", "?")


def core_of(case: Case, shared: Case) -> tuple[Core, Policy]:
    """What the product would have read of a case, and the policy it would apply."""
    try:
        policy = _policy(case, shared)
        zone = ZoneInfo(policy.hours.zone)
        people = _people(case, shared)
        fields = [*shared.tables["Custom fields"], *case.tables.get("Custom fields", [])]
        story = Story(case, fields, (one["who"] for one in people), zone)
        rows = {
            **_of_items(list(story.lives.values()), story),
            "release_dates": _release_dates(case.tables.get("Releases", []), zone),
            "item_links": list(_links(case.tables.get("Links", []), story)),
            **_of_people(people, zone),
        }
    except CaseError as error:
        raise CaseError(f"{case.name}: {error}") from error
    core = Core(**{name: pl.DataFrame(rows[name], schema=SHAPES[name]) for name in SHAPES})
    return core if story.as_of is None else core.as_of(story.as_of), policy


def _policy(case: Case, shared: Case) -> Policy:
    """The shared settings, each section replaced by that of the case where it has one."""
    settings = copy.deepcopy({**shared.settings, **case.settings})
    settings["sources"] = [{"kind": "files", "name": "acme", "path": "-", "tracker": "jira"}]
    roles = [row["role"] for row in _people(case, shared)]
    settings["roles"] = {role: [] for role in roles if role not in _NO_ROLES}
    return policy_of(Config.model_validate(settings), years=range(2024, 2027))


def _people(case: Case, shared: Case) -> Table:
    own = case.tables.get("People", [])
    named = {row["who"] for row in own}
    return [*(row for row in shared.tables["People"] if row["who"] not in named), *own]


def _of_items(lives: list[Life], story: Story) -> dict[str, list[Row]]:
    sources = sorted({"acme", *(life.source for life in lives)})
    return {
        "sources": [
            {"source": one, "tracker": _TRACKERS[one], "snapshot_at": story.snapshot}
            for one in sources
        ],
        "items": [_item(life, story) for life in lives],
        "field_changes": [change for life in lives for change in life.changes],
        "field_values": [value for life in lives for value in life.present()],
        "activities": [one for life in lives for one in life.activities],
        "statuses": [
            {"source": "acme", "status_id": number, "status": name}
            for number, name in _statuses(lives).items()
        ],
    }


def _item(life: Life, story: Story) -> Row:
    parent, key = life.text("parent"), str(life.text("key"))
    project = key.rpartition("#" if life.is_pull_request else "-")[0]
    return {
        "item_id": life.item_id,
        "source": life.source,
        "tracker": _TRACKERS[life.source],
        "kind": "pull_request" if life.is_pull_request else "ticket",
        "key": key,
        "project": project,
        "project_id": project,
        "item_type": "pull request" if life.is_pull_request else life.text("type"),
        "parent_id": f"jira:acme:{parent}" if parent else None,
        "is_subtask": life.text("type") == "Sub-task",
        "status_id": life.values["status"][0][0],
        "status": life.text("status"),
        "resolution": life.text("resolution"),
        "author_id": life.author if life.is_pull_request else None,
        "components": life.texts("components"),
        "labels": life.texts("labels"),
        "created_at": life.created_at,
        "resolved_at": life.resolved_at,
        "observed_until": life.missing_since or story.snapshot,
        "missing_since": life.missing_since,
    }


def _statuses(lives: list[Life]) -> dict[str, str]:
    """The name that each status has now: the last under which it was seen."""
    moves = (one for life in lives for one in life.changes if one["field"] == "status")
    seen = sorted((one["changed_at"], one["to_id"], one["to_text"]) for one in moves)
    return {number: name for _, number, name in seen}


def _links(table: Table, story: Story) -> Iterator[Row]:
    """Which pull request serves which ticket."""
    for row in table:
        ticket, pull_request = story.lives[row["ticket"]], story.lives[row["pull request"]]
        yield {
            "item_id": ticket.item_id,
            "linked_item_id": pull_request.item_id,
            "link": "pull_request",
            "evidence": "title",
            "is_closing": False,
        }


def _known_as(row: dict[str, str]) -> Row:
    """The ids of a version, or of a sprint: the table then says when each begins."""
    name = row["release"]
    if row.get("begins", EMPTY) == EMPTY:
        return {"release_id": f"jira:acme:{name}", "kind": "version", "version_id": f"id of {name}"}
    number = name.rpartition(" ")[2]
    return {
        "release_id": f"jira:acme:sprint:{number}",
        "kind": "sprint",
        "version_id": number,
        "starts_on": date.fromisoformat(row["begins"]),
    }


def _release_dates(table: Table, zone: ZoneInfo) -> list[Row]:
    """How a release looked holds until it was seen to look otherwise."""
    return [
        {
            **_known_as(row),
            "source": "acme",
            "release": row["release"],
            "project": "PAY",
            "release_on": None if row["date"] == EMPTY else date.fromisoformat(row["date"]),
            "is_released": {"yes": True, "no": False}[row["released"]],
            "valid_from": instant(row["seen"], zone),
            "valid_until": next(
                (
                    instant(later["seen"], zone)
                    for later in table[place + 1 :]
                    if later["release"] == row["release"]
                ),
                None,
            ),
        }
        for place, row in enumerate(table)
    ]


def _of_people(people: Table, zone: ZoneInfo) -> dict[str, list[Row]]:
    actors = {
        row["who"]: {
            "actor_id": row["who"],
            "source": "acme",
            "is_bot": row["role"] == "bot",
        }
        for row in people
    }
    held = [
        {
            "actor_id": row["who"],
            "role": row["role"],
            **{
                column: instant(f"{row[bound]} 00:00", zone)
                for column, bound in (("valid_from", "from"), ("valid_until", "until"))
                if row.get(bound, EMPTY) != EMPTY
            },
        }
        for row in people
        if row["role"] not in _NO_ROLES
    ]
    return {"actors": list(actors.values()), "actor_roles": held, "seat_holders": []}
