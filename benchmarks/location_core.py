"""The frames of ``core`` for an invented log, as the tracker would fill them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np
import polars as pl

from benchmarks.location_log import SNAPSHOT_DAYS, Ticket, instant, people
from benchmarks.location_noise import ADMIN, BOT, lost, roles_as_declared, skew_days
from benchmarks.location_policy import STAGES, project
from roadworthy.stages.core_frames import Core
from tests.pipelines.core_shapes import SHAPES

SOURCE = "acme"
SNAPSHOT = instant(SNAPSHOT_DAYS)
Row: TypeAlias = tuple[Any, ...]

_FIELDS = ("description", "Acceptance Criteria", "priority", "assignee", "resolution")
_CATEGORIES = {"queue": "new", "done": "done", "dropped": "done"}


def core_of(
    dice: np.random.Generator, told: Sequence[Ticket], teams: int, *, is_noisy: bool
) -> Core:
    """The frames; a noisy log has lost beginnings, wrong clocks and wrong roles."""
    true = list(people(teams))
    held = roles_as_declared(dice, true) if is_noisy else true
    everybody = [*(who for who, _ in true), ADMIN, BOT]
    skews = {who: skew_days(dice) if is_noisy else 0.0 for who in everybody}
    missing = [lost(dice, one) if is_noisy else 0 for one in told]
    rows: dict[str, Iterable[Row]] = {
        "sources": [(SOURCE, "jira", SNAPSHOT)],
        "items": map(_item, told),
        "field_changes": (
            row for one, cut in zip(told, missing, strict=True) for row in _history(one, skews, cut)
        ),
        "field_values": (row for one in told for row in _values(one)),
        "statuses": _statuses(),
        "actors": [(who, SOURCE, who == BOT) for who in everybody],
        "actor_roles": [(*one, None, None) for one in held],
    }
    return Core(
        **{
            name: pl.DataFrame(list(rows.get(name, ())), schema=schema, orient="row")
            for name, schema in SHAPES.items()
        }
    )


def _history(one: Ticket, skews: dict[str, float], cut: int) -> Iterator[Row]:
    """The changes of an item in the order of their stamps, without so many of the first clicks."""
    now: dict[str, str | None] = {**dict.fromkeys(_FIELDS), "status": one.status}
    written = []
    for place, click in enumerate(one.clicks):
        # Nobody's clock is so wrong that a change comes before the creation or after the snapshot.
        at = instant(max(click.at + skews[click.actor], one.born_at))
        for ordinal, (field, value) in enumerate(click.edits):
            before, now[field] = now[field], value
            if place >= cut and before != value:
                row = (field, before, value, f"{one.number}-{place}", ordinal, click.actor)
                written.append((min(at, SNAPSHOT), row))
    written.sort(key=lambda pair: pair[0])
    for sequence, (at, (field, before, value, group, ordinal, actor)) in enumerate(written, 1):
        sides = (_id_of(field, before), before, _id_of(field, value), value)
        known = (_item_id(one), group, ordinal, sequence, field, field, False)
        yield (*known, *sides, actor, at)


def _values(one: Ticket) -> Iterator[Row]:
    """What each field shows now."""
    now = {**dict.fromkeys(_FIELDS), **_shown(one), "issuetype": one.item_type}
    for field, value in now.items():
        yield (_item_id(one), field, 1, field, _id_of(field, value), value)


def _shown(one: Ticket) -> dict[str, str]:
    edits = [edit for click in one.clicks for edit in click.edits]
    return {"status": one.status, **dict(edits)}


def _item(one: Ticket) -> Row:
    now, key = _shown(one), f"{project(one.team)}-{one.number}"
    resolution = now.get("resolution")
    resolved = instant(one.clicks[-1].at) if resolution and one.clicks else None
    return (
        *(_item_id(one), SOURCE, "jira", "ticket", key, None, f"Item {one.number}"),
        *(project(one.team), None, one.item_type, None, _id_of("status", now["status"])),
        *(now["status"], resolution, f"product-{one.team}-0", False, [], []),
        *(instant(one.born_at), resolved, SNAPSHOT, None),
    )


def _item_id(one: Ticket) -> str:
    return f"jira:{SOURCE}:{one.number}"


def _id_of(field: str, value: str | None) -> str | None:
    """Statuses have ids in histories; one that was renamed away has kept its own."""
    return f"status {value}" if field == "status" and value else None


def _statuses() -> Iterator[Row]:
    for stage in STAGES:
        for status in stage.statuses:
            category = _CATEGORIES.get(stage.kind, "indeterminate")
            yield SOURCE, _id_of("status", status), status, category
