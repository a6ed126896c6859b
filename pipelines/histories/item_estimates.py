"""How large an item was thought to be at a moment: its estimate as of then, never as it is now.

Story points where anything of the source was ever given any, else the original time estimate in
hours; the two are never added. What is no number is no estimate.
"""

import polars as pl

from pipelines.histories import history
from pipelines.histories.field_names import ESTIMATES

_HOUR_SECONDS = 3600


def with_points(
    moments: pl.DataFrame, items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame
) -> pl.DataFrame:
    """Add ``points`` to each moment; null where the item had no estimate.

    Args:
        moments: item_id, group_end: the group after which the estimate is read, 0 for creation.
        items: item_id, source, born_at.
        changes: with ``group_end``.
        present: the values the tracker shows now.
    """
    steps = [_numbers(field, items, changes, present) for field in ESTIMATES]
    used = pl.concat(steps[:-1]).filter(pl.col("number").is_not_null()).select("item_id").unique()
    pointed = items.join(used, on="item_id", how="semi").select("source").unique()
    known = moments.join(
        items.select("item_id", _source="source"), on="item_id", how="left", maintain_order="left"
    )
    for place, step in enumerate(steps):
        known = history.as_of(step, known, columns=("number",)).rename({"number": f"_{place}"})
    *points, hours = (f"_{place}" for place in range(len(steps)))
    return known.with_columns(
        points=pl.when(pl.col("_source").is_in(pointed["source"].implode()))
        .then(pl.coalesce(points))
        .otherwise(pl.col(hours) / _HOUR_SECONDS)
    ).drop("_source", *points, hours)


def _numbers(
    field: str, items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame
) -> pl.DataFrame:
    """The step function of one field as numbers: item_id, group_end, number."""
    number = pl.coalesce(
        pl.col(column).cast(pl.Float64, strict=False) for column in ("value_text", "value_id")
    )
    steps = history.timeline(changes, present, items, field)
    return steps.select("item_id", "group_end", number=number)
