"""What is counted of the facts: those of whole items, under their groups.

A part is never counted together with its whole; sub-tasks have rows in every table of facts and
are left out of every estimate.
"""

from dataclasses import replace
from typing import Any

import polars as pl

from roadworthy.stages.item_facts import ItemFacts

_COUNTED = {
    "items": "item_id",
    "visits": "item_id",
    "handoffs": "item_id",
    "readiness_checks": "item_id",
    "commitments": "subject_id",
    "date_moves": "subject_id",
    "decisions": "item_id",
    "decision_changes": "item_id",
    "approval_requests": "item_id",
    "approvals": "item_id",
    "intake": "item_id",
    "latency_segments": "item_id",
    "activity_sessions": "item_id",
}
"""Of each table, the column that says whose fact it is."""
_OF_ITEMS = ("item_type", "release", "watched_from", "observed_until")


def in_groups(facts: ItemFacts) -> ItemFacts:
    """The facts, each with the groups of its item, and since and until when that was watched.

    What a fact tells itself it keeps.
    """
    groups = facts.items.select("item_id", *_OF_ITEMS)
    grouped: dict[str, Any] = {
        name: _grouped(getattr(facts, name), column, groups) for name, column in _COUNTED.items()
    }
    return replace(facts, **grouped)


def of_whole_items(facts: ItemFacts) -> ItemFacts:
    """The facts without those of sub-tasks."""
    parts = facts.items.filter("is_subtask")["item_id"]
    if parts.is_empty():
        return facts
    counted: dict[str, Any] = {
        name: getattr(facts, name).filter(~pl.col(column).is_in(parts.implode()))
        for name, column in _COUNTED.items()
    }
    return replace(facts, **counted)


def _grouped(frame: pl.DataFrame, column: str, groups: pl.DataFrame) -> pl.DataFrame:
    missing = [name for name in _OF_ITEMS if name not in frame.columns]
    found = frame.select(item_id=column).join(
        groups.select("item_id", *missing), on="item_id", how="left", maintain_order="left"
    )
    # Set beside, so that the columns that are there already are not copied.
    return frame.hstack(found.select(missing))
