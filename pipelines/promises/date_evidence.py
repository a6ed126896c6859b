"""Which fields hold dates that could be promises, and how often.

A field holds dates if nearly every value in it is written as a day. Instants that the tracker sets
itself are no promises.
"""

from typing import Final

import polars as pl

DATE_EVIDENCE = pl.Schema(
    {"field": pl.String, "items": pl.Int64, "share": pl.Float64, "changes": pl.Int64}
)
_DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
_NEARLY_EVERY: Final = 0.95


def date_evidence(
    items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame
) -> pl.DataFrame:
    """The fields with days in them, the most used first.

    Args:
        items: all items.
        changes: field, from_text, to_text.
        present: item_id, field, value_text.

    Returns:
        field, items that have it now, their share of all items, changes of it.
    """
    held = present.drop_nulls("value_text")
    dated = (
        held.group_by("field")
        .agg(
            items=pl.col("item_id").n_unique().cast(pl.Int64),
            days=pl.col("value_text").str.contains(_DAY).mean(),
        )
        .filter(pl.col("days") >= _NEARLY_EVERY)
    )
    moved = changes.group_by("field").agg(changes=pl.len().cast(pl.Int64))
    return (
        dated.join(moved, on="field", how="left")
        .with_columns(pl.col("changes").fill_null(0), share=pl.col("items") / max(items.height, 1))
        .select(*DATE_EVIDENCE)
        .sort(-pl.col("items"), "field")
    )
