"""The walk of an item through its stages, looking through parked ones.

Put aside and taken up again in the same stage is one stay: a pause is no move. Put aside and taken
up elsewhere, the item moved there when it was taken up.
"""

import polars as pl


def unparked(visits: pl.DataFrame) -> pl.DataFrame:
    """The stays that are not parked, each as it was entered.

    Args:
        visits: item_id, visit_number, stage, stage_kind, and whatever is told of an entry.

    Returns:
        The same columns and ``step`` (the place in the walk of the item, from 0), sorted by both.
        What a visit says of its end is that of its first part.
    """
    walk = visits.filter(pl.col("stage_kind").ne_missing("parked")).sort("item_id", "visit_number")
    same = pl.col("stage").eq_missing(pl.col("stage").shift(1).over("item_id"))
    first = pl.int_range(pl.len()).over("item_id") == 0
    return walk.filter(first | ~same).with_columns(
        step=pl.int_range(pl.len(), dtype=pl.Int32).over("item_id")
    )
