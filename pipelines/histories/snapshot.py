"""What is known at the snapshot: items born and changes made by then; later ones stand aside."""

import polars as pl


def items_at(items: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Items that existed at their snapshot, with ``born_at``: the beginning of their life.

    An import may date a creation after the first change; the life then begins at that change.

    Args:
        items: item_id, created_at, observed_until.
        changes: item_id, changed_at.
    """
    first = changes.group_by("item_id").agg(first_change=pl.col("changed_at").min())
    return (
        items.filter(pl.col("created_at") <= pl.col("observed_until"))
        .join(first, on="item_id", how="left")
        .with_columns(born_at=pl.min_horizontal("created_at", "first_change"))
        .drop("first_change")
        .sort("item_id")
    )


def changes_at(items: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """The changes of these items up to their snapshots."""
    return (
        changes.join(items.select("item_id", "observed_until"), on="item_id")
        .filter(pl.col("changed_at") <= pl.col("observed_until"))
        .drop("observed_until")
        .sort("item_id", "sequence")
    )
