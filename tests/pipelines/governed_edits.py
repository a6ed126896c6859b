"""Edits of governed fields, as tests write them: who changed what from what to what, when."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import polars as pl

from pipelines.histories.history import with_group_end
from tests.pipelines.frames import INSTANT, Row, at, frame

MONDAY = at("2026-03-02")
_TEXTS = ("item_id", "change_group", "field", "field_id", "actor_id", "actor_role")
_VALUES = ("from_id", "from_text", "to_id", "to_text")


def day(number: float) -> datetime:
    """An instant that many days after the Monday on which everything begins."""
    return MONDAY + timedelta(days=number)


def edit(role: str, on: float, before: str | None, after: str | None, **more: Any) -> Row:
    """Somebody of a role changes the priority of item 1, unless told otherwise."""
    return {
        "actor_role": role,
        "actor_id": f"person of {role}",
        "changed_at": day(on),
        "from_text": before,
        "to_text": after,
        **more,
    }


def member(
    role: str, on: float, *, taken: str | None = None, put: str | None = None, **more: Any
) -> Row:
    """Somebody takes a version out of the release of item 1, or puts one in."""
    return edit(role, on, taken, put, field="fixVersions", is_member=True, **more)


def changes(edits: Sequence[Row]) -> pl.DataFrame:
    """The edits as changes of their items, in the order in which they are written."""
    usual = {"item_id": "1", "field": "priority", "is_member": False, "is_bulk": False}
    return with_group_end(
        frame(
            *(
                {"sequence": number, "change_group": f"g{number}", **usual, **one}
                for number, one in enumerate(edits, start=1)
            ),
            **dict.fromkeys((*_TEXTS, *_VALUES), pl.String),
            sequence=pl.Int32,
            is_member=pl.Boolean,
            is_bulk=pl.Boolean,
            changed_at=INSTANT,
        )
    )
