"""What is counted of the facts: those of whole items.

A part is never counted together with its whole; sub-tasks have rows in every table of facts and
are left out of every estimate.
"""

from dataclasses import replace
from typing import Any, Final

import polars as pl

from roadworthy.stages.item_facts import ItemFacts
from roadworthy.stages.own_facts import COUNTED

_COUNTED: Final = {"items": "item_id", **COUNTED, "intake": "item_id"}


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
