"""The groups a fact is counted in: those of its item, and since and until when that was watched."""

from typing import Final

import polars as pl

_OF_ITEMS: Final = ("item_type", "release", "watched_from", "observed_until")


def in_groups(frame: pl.DataFrame, items: pl.DataFrame, column: str = "item_id") -> pl.DataFrame:
    """Facts with the groups of their items; what a fact tells itself it keeps.

    Args:
        frame: facts.
        items: item_id, item_type, release, watched_from, observed_until.
        column: of the facts, which says whose each is; what is no item has no groups.
    """
    missing = [name for name in _OF_ITEMS if name not in frame.columns]
    found = frame.select(item_id=column).join(
        items.select("item_id", *missing), on="item_id", how="left", maintain_order="left"
    )
    # Set beside, so that the columns that are there already are not copied.
    return frame.hstack(found.select(missing))
