"""The input of a survey of all items: one row of each kind of evidence.

A survey asks what exists: which statuses were seen, what a field holds, which edits were in bulk. A
million items tell it hardly more than a thousand do, and all of their histories at once would fill
most of a machine's memory. So the histories are streamed, and repeated evidence is left out.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import polars as pl

from pipelines.histories import history, snapshot
from pipelines.policy import Policy
from roadworthy.sql_files import sql_files
from roadworthy.stages.core_frames import Core
from roadworthy.stages.stage_maps import undeclared_sources
from roadworthy.stages.survey import FLOW, surveyed_fields
from roadworthy.warehouse import Value, Warehouse

_BATCH: Final = 100_000
_FIELD: Final = ("source", "field", "field_id")
_TOLD_BY_CHANGES: Final = (*_FIELD, "kind", "is_member", "from_id", "from_text", "to_id", "to_text")
_TOLD_BY_VALUES: Final = (*_FIELD, "position", "value_id", "value_text")


def surveyed(warehouse: Warehouse, policy: Policy) -> Core:
    """All items, and of their histories no more than a survey of them needs to tell the same.

    Args:
        warehouse: with ``core`` filled.
        policy: what was declared.
    """
    core = Core.beside_histories(warehouse)
    texts, fields = sql_files("surveys"), surveyed_fields(policy)
    crowded = warehouse.frame(texts["crowded_changes"], [policy.measures.bulk_items])
    items = placed_items(core)
    changes = [
        telling_changes(part, _those_of(part, items), core, policy)
        for part in _parts(warehouse, texts["field_changes"], [fields])
    ]
    values = [
        telling_values(part, _those_of(part, items))
        for part in _parts(warehouse, texts["field_values"], [fields])
    ]
    return replace(
        core,
        # One may tell in several ways, as a change of status does that was made in bulk.
        field_changes=pl.concat([crowded, *changes]).unique(["item_id", "sequence"]),
        field_values=pl.concat([core.field_values, *values]),
        activities=warehouse.frame(texts["activities"]),
    )


def placed_items(core: Core) -> pl.DataFrame:
    """The items that existed at their snapshot: item_id, source, kind, observed_until."""
    existing = snapshot.items_at(core.items, core.field_changes)
    return existing.select("item_id", "source", "kind", "observed_until")


def telling_changes(
    changes: pl.DataFrame, items: pl.DataFrame, core: Core, policy: Policy
) -> pl.DataFrame:
    """Of changes that tell a survey the same, the first; they may be those of any items.

    Where stages have to be proposed the way of each item tells something, and all moves are kept.

    Args:
        changes: those of :func:`roadworthy.stages.survey.surveyed_fields`.
        items: those of :func:`placed_items`.
        core: what is not of single items.
        policy: what was declared.
    """
    placed = snapshot.changes_at(items, changes).join(
        items.select("item_id", "source", "kind"), on="item_id", maintain_order="left"
    )
    undeclared = undeclared_sources(history.of_field(placed, "status"), core, policy)
    ways = history.of_fields(placed.filter(pl.col("source").is_in(undeclared)), FLOW)
    told = placed.unique(_TOLD_BY_CHANGES, keep="first", maintain_order=True)
    return _alone(pl.concat([ways, told]).select(changes.columns))


def telling_values(values: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """Of present values that tell a survey the same, the first; they may be those of any items."""
    sources = items.select("item_id", "source")
    told = values.join(sources, on="item_id", maintain_order="left").unique(
        _TOLD_BY_VALUES, keep="first", maintain_order=True
    )
    return _alone(told.select(values.columns))


def _those_of(part: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """The items of a part, which is in their order: with each part all would be looked up anew."""
    first, last = part["item_id"].min(), part["item_id"].max()
    return items.filter(pl.col("item_id").is_between(pl.lit(first), pl.lit(last)))


def _alone(rows: pl.DataFrame) -> pl.DataFrame:
    """The same rows, written anew: a few of many would keep the texts of all of them in memory."""
    return pl.DataFrame(rows.to_arrow(compat_level=pl.CompatLevel.oldest()))


def _parts(warehouse: Warehouse, query: str, parameters: list[Value]) -> Iterator[pl.DataFrame]:
    """The rows of a query, many at a time."""
    held: list[pl.DataFrame] = []
    with warehouse.streamed(query, _BATCH, parameters) as reader:
        # The engine may hand out far fewer rows than it was asked for.
        for batch in reader:
            held.append(pl.DataFrame(batch))
            if sum(one.height for one in held) >= _BATCH:
                yield pl.concat(held)
                held.clear()
    if held:
        yield pl.concat(held)
