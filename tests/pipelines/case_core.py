"""From a case to what the product reads: the frames of ``core`` and a policy."""

import copy
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from pipelines.policy import Policy
from roadworthy.config.model import Config
from roadworthy.stages.core_frames import Core
from roadworthy.stages.policies import policy_of
from tests.pipelines.case_files import Case, CaseError, Table
from tests.pipelines.case_lives import STANDARD, Field, Life, Row
from tests.pipelines.case_words import EMPTY, changes_of, instant, items_of

_INSTANT = pl.Datetime("us", "UTC")
_TEXTS = pl.List(pl.String)
SCHEMAS: dict[str, dict[str, Any]] = {
    "sources": {"source": pl.String, "tracker": pl.String, "snapshot_at": _INSTANT},
    "items": {
        **dict.fromkeys(
            ("item_id", "source", "tracker", "kind", "key", "url", "title", "project"), pl.String
        ),
        **dict.fromkeys(("project_id", "item_type", "parent_id", "status_id"), pl.String),
        **dict.fromkeys(("status", "resolution", "author_id"), pl.String),
        "is_subtask": pl.Boolean,
        **dict.fromkeys(("components", "labels"), _TEXTS),
        **dict.fromkeys(
            ("created_at", "resolved_at", "observed_until", "missing_since"), _INSTANT
        ),
    },
    "field_changes": {
        **dict.fromkeys(("item_id", "change_group"), pl.String),
        **dict.fromkeys(("ordinal", "sequence"), pl.Int32),
        **dict.fromkeys(("field", "field_id"), pl.String),
        "is_member": pl.Boolean,
        **dict.fromkeys(("from_id", "from_text", "to_id", "to_text", "actor_id"), pl.String),
        "changed_at": _INSTANT,
    },
    "field_values": {
        **dict.fromkeys(("item_id", "field"), pl.String),
        "position": pl.Int32,
        **dict.fromkeys(("field_id", "value_id", "value_text"), pl.String),
    },
    "statuses": dict.fromkeys(("source", "status_id", "status", "category"), pl.String),
    "release_dates": {
        **dict.fromkeys(
            ("release_id", "source", "version_id", "release", "project"), pl.String
        ),
        "release_on": pl.Date,
        "is_released": pl.Boolean,
        **dict.fromkeys(("valid_from", "valid_until"), _INSTANT),
    },
    "actors": {"actor_id": pl.String, "source": pl.String, "is_bot": pl.Boolean},
    "actor_roles": {
        **dict.fromkeys(("actor_id", "role"), pl.String),
        **dict.fromkeys(("valid_from", "valid_until"), _INSTANT),
    },
}
_TRACKER = {"acme": "jira", "code": "github"}
_NO_ROLES = ("bot", "?")


def core_of(case: Case, shared: Case) -> tuple[Core, Policy]:
    """What the product would have read of a case, and the policy it would apply."""
    try:
        policy = _policy(case, shared)
        story = _Story(case, shared, ZoneInfo(policy.hours.zone))
        core = Core(**{name: pl.DataFrame(rows, schema=SCHEMAS[name], orient="row") for name, rows in story.frames().items()})
    except CaseError as error:
        raise CaseError(f"{case.name}: {error}") from error
    return core if story.as_of is None else core.as_of(story.as_of), policy


def _policy(case: Case, shared: Case) -> Policy:
    """The shared settings, each section replaced by that of the case where it has one."""
    settings = copy.deepcopy({**shared.settings, **case.settings})
    settings["sources"] = [{"kind": "files", "name": "acme", "path": "-", "tracker": "jira"}]
    settings["roles"] = {row["role"]: [] for row in _people(case, shared) if row["role"] not in _NO_ROLES}
    return policy_of(Config.model_validate(settings), years=range(2024, 2027))


def _people(case: Case, shared: Case) -> Table:
    own = case.tables.get("People", [])
    named = {row["who"] for row in own}
    return [row for row in shared.tables["People"] if row["who"] not in named] + own


class _Story:
    """Reads the rows of *What happened* one after the other."""

    def __init__(self, case: Case, shared: Case, zone: ZoneInfo) -> None:
        self._zone = zone
        self._people = _people(case, shared)
        self._releases = case.tables.get("Releases", [])
        custom = {
            row["field"]: Field(row["field"], row["id"], is_custom=True)
            for row in shared.tables["Custom fields"]
        }
        self._fields = {**STANDARD, **custom}
        self._lives: dict[str, Life] = {}
        self._snapshot: datetime | None = None
        self.as_of: datetime | None = None
        for number, row in enumerate(case.tables["What happened"], start=1):
            self._read(row, f"{number:04}")
        if self._snapshot is None:
            raise CaseError("say when the tracker was read: a last row 'snapshot'")

    def frames(self) -> dict[str, list[Row]]:
        lives = list(self._lives.values())
        sources = sorted({"acme", *(_source(life) for life in lives)})
        return {
            "sources": [
                {"source": one, "tracker": _TRACKER[one], "snapshot_at": self._snapshot}
                for one in sources
            ],
            "items": [self._item(life) for life in lives],
            "field_changes": [change for life in lives for change in life.changes],
            "field_values": [value for life in lives for value in life.present()],
            "statuses": [
                {"source": "acme", "status_id": number, "status": name}
                for number, name in self._statuses().items()
            ],
            "release_dates": self._release_dates(),
            "actors": [
                {"actor_id": row["who"], "source": "acme", "is_bot": row["role"] == "bot"}
                for row in self._people
            ],
            "actor_roles": [self._held(row) for row in self._people if row["role"] not in _NO_ROLES],
        }

    def _statuses(self) -> dict[str, str]:
        """The name each status has now: the last it was seen with."""
        moves = [one for life in self._lives.values() for one in life.changes]
        seen = sorted(
            (row["changed_at"], row["to_id"], row["to_text"]) for row in moves if row["field"] == "status"
        )
        return {number: name for _, number, name in seen}

    def _read(self, row: Row, group: str) -> None:
        unknown = set(row) - {"when", "who", "item", "what"}
        if unknown:
            raise CaseError(f"'What happened' has no column {sorted(unknown)}")
        at, what = instant(row["when"], self._zone), row["what"]
        if self._snapshot is not None and what != "as of":
            raise CaseError(f"'{what}' comes after the snapshot")
        match what:
            case "snapshot":
                self._snapshot = at
            case "as of":
                self.as_of = at
            case _:
                for name in items_of(row.get("item") or "PAY-1"):
                    self._happen(name, at, self._who(row["who"]), group, what)

    def _happen(self, name: str, at: datetime, who: str | None, group: str, what: str) -> None:
        if what.startswith("created "):
            self._create(name, at, who, what.removeprefix("created "))
        elif name not in self._lives:
            raise CaseError(f"{name} was never created")
        elif what == "vanishes":
            self._lives[name].missing_since = at
        else:
            life = self._lives[name]
            if life.changes and at < life.changes[-1]["changed_at"]:
                raise CaseError(f"{name}: '{what}' goes back in time")
            life.record(at, who, group, changes_of(what))

    def _create(self, name: str, at: datetime, who: str | None, what: str) -> None:
        """``created in STATUS`` or ``created as pull request in STATUS``, and first values."""
        place, *rest = what.split(";", 1)
        form, _, status = place.strip().rpartition("in ")
        if form not in ("", "as pull request ") or name in self._lives:
            raise CaseError(f"'created {what}': write 'created in STATUS', once per item")
        number = name.rpartition("#" if form else "-")[2]
        item_id = f"github:code:{name}" if form else f"jira:acme:{name}"
        if not number.isdigit():
            raise CaseError(f"'{name}' is no item; write PAY-1, or acme/web#1 for a pull request")
        life = Life(item_id, self._fields, at, who, is_pull_request=bool(form))
        first = [f"key = {name}", f"status = {status}"]
        for part in (changes_of(rest[0]) if rest else []):
            if part.field == "created at":
                life.created_at = instant(str(part.value), self._zone)
            else:
                first.append(f'{part.field} {part.sign} "{part.value}"' if part.value else f"{part.field} = -")
        if not any(text.startswith("type ") for text in first):
            first.append("type = Story")
        life.begin([change for text in first for change in changes_of(text)])
        if life.text("resolution"):
            life.resolved_at = at
        self._lives[name] = life

    def _who(self, name: str) -> str | None:
        if name != EMPTY and name not in {row["who"] for row in self._people}:
            raise CaseError(f"nobody is called '{name}'; the README and the case say who is who")
        return None if name == EMPTY else name

    def _item(self, life: Life) -> Row:
        key = str(life.text("key"))
        project = key.rpartition("#" if life.is_pull_request else "-")[0]
        parent = life.text("parent")
        assert self._snapshot is not None
        return {
            "item_id": life.item_id,
            "source": _source(life),
            "tracker": _TRACKER[_source(life)],
            "kind": "pull_request" if life.is_pull_request else "ticket",
            "key": key,
            "project": project,
            "project_id": project,
            "item_type": "pull request" if life.is_pull_request else life.text("type"),
            "parent_id": f"jira:acme:{parent}" if parent else None,
            "is_subtask": life.text("type") == "Sub-task",
            "status_id": (life.values["status"][0])[0],
            "status": life.text("status"),
            "resolution": life.text("resolution"),
            "author_id": life.author if life.is_pull_request else None,
            "components": life.texts("components"),
            "labels": life.texts("labels"),
            "created_at": life.created_at,
            "resolved_at": life.resolved_at,
            "observed_until": life.missing_since or self._snapshot,
            "missing_since": life.missing_since,
        }

    def _release_dates(self) -> list[Row]:
        rows = []
        for place, row in enumerate(self._releases):
            later = [one for one in self._releases[place + 1 :] if one["release"] == row["release"]]
            name = row["release"]
            rows.append(
                {
                    "release_id": f"jira:acme:{name}",
                    "source": "acme",
                    "version_id": f"id of {name}",
                    "release": name,
                    "project": "PAY",
                    "release_on": None if row["date"] == EMPTY else datetime.fromisoformat(row["date"]).date(),
                    "is_released": {"yes": True, "no": False}[row["released"]],
                    "valid_from": instant(row["seen"], self._zone),
                    "valid_until": instant(later[0]["seen"], self._zone) if later else None,
                }
            )
        return rows

    def _held(self, row: dict[str, str]) -> Row:
        since, until = (
            None if row.get(bound, EMPTY) == EMPTY else instant(f"{row[bound]} 00:00", self._zone)
            for bound in ("from", "until")
        )
        return {"actor_id": row["who"], "role": row["role"], "valid_from": since, "valid_until": until}


def _source(life: Life) -> str:
    return "code" if life.is_pull_request else "acme"
