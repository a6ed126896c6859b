"""What is counted of the facts: those of whole items.

A part is never counted together with its whole; sub-tasks have rows in every table of facts and
are left out of every estimate.
"""

from concurrent.futures import Executor
from dataclasses import replace
from typing import Any, Final

import polars as pl

from pipelines.at_once import AT_ONCE
from roadworthy.stages.item_facts import ItemFacts
from roadworthy.stages.own_facts import COUNTED

_COUNTED: Final = {"items": "item_id", **COUNTED, "intake": "item_id"}


def of_whole_items(facts: ItemFacts, cores: Executor = AT_ONCE) -> ItemFacts:
    """The facts without those of sub-tasks.

    Args:
        facts: those of all items.
        cores: what leaves them out, table by table: most of the rows are copied.
    """
    parts = facts.items.filter("is_subtask").select("item_id")
    if parts.is_empty():
        return facts
    begun = {
        name: cores.submit(_without, getattr(facts, name), column, parts)
        for name, column in _COUNTED.items()
    }
    counted: dict[str, Any] = {name: one.result() for name, one in begun.items()}
    return replace(facts, **counted)


def _without(frame: pl.DataFrame, column: str, parts: pl.DataFrame) -> pl.DataFrame:
    """The rows that are not of a part; a release may have the number of one, and is none."""
    is_of_part = pl.col(column).is_in(parts["item_id"].implode())
    if "subject_kind" in frame.columns:
        is_of_part &= pl.col("subject_kind") == "item"
    return frame.filter(~is_of_part)
