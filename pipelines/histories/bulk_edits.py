"""Bulk edits: many items changed by one actor in the same field within a minute.

They keep their effect on the state of the items and are not counted as decisions, slips, handoffs
or rejections: a migration is no governance event. An edit without an actor counts as made by one.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

WINDOW_SECONDS = 60


def with_bulk_edits(changes: pl.DataFrame, *, bulk_items: int) -> pl.DataFrame:
    """Add ``is_bulk``: the change stands in a minute in which its actor changed that field of many.

    Args:
        changes: item_id, changed_at, field, actor_id.
        bulk_items: distinct items from which on it is a bulk edit.
    """
    ordered = changes.with_row_index("_row").sort("field", "actor_id", "changed_at", "_row")
    groups = ordered.group_by("field", "actor_id", maintain_order=True).agg("changed_at", "item_id")
    flags: list[NDArray[np.bool_]] = []
    for instants, members in groups.select("changed_at", "item_id").iter_rows():
        if len(members) < bulk_items:
            flags.append(np.zeros(len(members), dtype=np.bool_))
            continue
        seconds = np.array([instant.timestamp() for instant in instants])
        flags.append(_in_bulk(seconds, np.array(members, dtype=object), bulk_items))
    is_bulk = np.concatenate(flags) if flags else np.zeros(0, dtype=np.bool_)
    return ordered.with_columns(is_bulk=pl.Series(is_bulk)).sort("_row").drop("_row")


def _in_bulk(
    seconds: NDArray[np.float64], members: NDArray[np.object_], bulk_items: int
) -> NDArray[np.bool_]:
    """Mark every change that lies in some window of a minute with enough distinct items."""
    ends = np.searchsorted(seconds, seconds + WINDOW_SECONDS, side="right")
    marked = np.zeros(len(seconds), dtype=np.bool_)
    for start in np.flatnonzero(ends - np.arange(len(seconds)) >= bulk_items):
        if len(set(members[start : ends[start]])) >= bulk_items:
            marked[start : ends[start]] = True
    return marked
