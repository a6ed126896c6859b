"""Bulk edits: many items changed by one actor in the same field within a minute.

They keep their effect on the state of the items and are not counted as decisions, slips, handoffs
or rejections: a migration is not a governance event. An edit without an actor counts as made by
one.
"""

from collections import Counter

import numpy as np
import polars as pl
from numpy.typing import NDArray

WINDOW_SECONDS = 60
_EDITOR = ("field", "actor_id")


def bulk_edits(changes: pl.DataFrame, *, bulk_items: int) -> pl.DataFrame:
    """The changes that stand in a minute in which their actor changed that field of many items.

    Args:
        changes: item_id, sequence, changed_at, field, actor_id; what is nowhere near so many may be
            left out (:func:`crowded`).
        bulk_items: distinct items from which on it is a bulk edit.

    Returns:
        item_id, sequence.
    """
    ordered = crowded(changes, bulk_items=bulk_items).sort(
        "field", "actor_id", "changed_at", "item_id", "sequence"
    )
    groups = ordered.group_by("field", "actor_id", maintain_order=True).agg("changed_at", "item_id")
    flags: list[NDArray[np.bool_]] = []
    for instants, members in groups.select("changed_at", "item_id").iter_rows():
        if len(members) < bulk_items:
            flags.append(np.zeros(len(members), dtype=np.bool_))
            continue
        seconds = np.array([instant.timestamp() for instant in instants])
        flags.append(_in_bulk(seconds, np.array(members, dtype=object), bulk_items))
    is_bulk = np.concatenate(flags) if flags else np.zeros(0, dtype=np.bool_)
    return ordered.filter(pl.Series(is_bulk)).select("item_id", "sequence")


def with_bulk_edits(changes: pl.DataFrame, bulk: pl.DataFrame) -> pl.DataFrame:
    """Add ``is_bulk`` to changes: whether they are among those of :func:`bulk_edits`."""
    marks = bulk.with_columns(is_bulk=pl.lit(True))
    marked = changes.join(marks, on=["item_id", "sequence"], how="left", maintain_order="left")
    return marked.with_columns(pl.col("is_bulk").fill_null(value=False))


def crowded(changes: pl.DataFrame, *, bulk_items: int) -> pl.DataFrame:
    """The changes that may stand in a bulk edit: the others are soon told, and they are nearly all.

    A window of a minute lies within two minutes of the clock, and where these two hold fewer
    changes than a bulk edit has items, there is none.
    """
    minute = pl.col("changed_at").dt.epoch("s") // WINDOW_SECONDS
    told = changes.with_columns(_minute=minute)
    counts = told.group_by(*_EDITOR, "_minute").agg(here=pl.len())
    beside = [
        counts.select(*_EDITOR, pl.col("_minute") + step, pl.col("here").alias(name))
        for name, step in (("before", 1), ("after", -1))
    ]
    for one in beside:
        counts = counts.join(one, on=[*_EDITOR, "_minute"], how="left", nulls_equal=True)
    most = pl.max_horizontal(pl.col("before", "after").fill_null(0))
    full = counts.filter(pl.col("here") + most >= bulk_items)
    return told.join(full, on=[*_EDITOR, "_minute"], how="semi", nulls_equal=True).drop("_minute")


def _in_bulk(
    seconds: NDArray[np.float64], members: NDArray[np.object_], bulk_items: int
) -> NDArray[np.bool_]:
    """Mark every change that lies in some window of a minute with enough distinct items."""
    starts = np.arange(len(seconds))
    ends = np.searchsorted(seconds, seconds + WINDOW_SECONDS, side="right")
    if np.max(ends - starts) < bulk_items:
        return np.zeros(len(seconds), dtype=np.bool_)
    is_full = _distinct(members, ends) >= bulk_items
    # One more window covers a change from its start on, one less from its end on.
    steps = np.zeros(len(seconds) + 1, dtype=np.int64)
    np.add.at(steps, starts[is_full], 1)
    np.add.at(steps, ends[is_full], -1)
    return np.cumsum(steps[:-1]) > 0


def _distinct(members: NDArray[np.object_], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many distinct items each window has, from each place up to its end.

    The window slides: each change comes in once and goes out once.
    """
    inside: Counter[object] = Counter()
    found = np.zeros(len(members), dtype=np.int64)
    last = 0
    for start, end in enumerate(ends):
        inside.update(members[last:end])
        last = end
        found[start] = len(inside)
        inside[members[start]] -= 1
        if not inside[members[start]]:
            del inside[members[start]]
    return found
