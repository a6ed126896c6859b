"""The milestone of each item at each moment, as a set of one or none.

A history tells a milestone by the title it had then. The one an item shows now is known by its id,
whatever it was called when it was given.
"""

import polars as pl

from pipelines.histories import history


def milestone_sets(
    items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame
) -> pl.DataFrame:
    """A timeline of what the milestone is known by: item_id, group_end, valid_from, members.

    Args:
        items: item_id, born_at.
        changes: with ``group_end``.
        present: the values the tracker shows now.
    """
    steps = history.timeline(changes, present, items, "milestone")
    shown = history.of_field(present, "milestone").drop_nulls("value_id")
    latest = pl.col("group_end") == pl.col("group_end").max().over("item_id")
    named = steps.join(
        shown.select("item_id", now="value_id"), on="item_id", how="left", maintain_order="left"
    )
    member = pl.coalesce(pl.when(latest).then("now"), "value_id", "value_text")
    return named.select(
        "item_id",
        "group_end",
        "valid_from",
        members=pl.concat_list(pl.when(pl.col("value_text").is_not_null()).then(member)),
    )
