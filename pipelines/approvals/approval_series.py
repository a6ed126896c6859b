"""How many approvals of an item came one after the other: the longest series of its requests.

A series is one in which each request was made when the one before had ended, or later. Taking again
and again the request that ends first, of those still possible, finds the longest (interval
scheduling; Kleinberg and Tardos 2006, section 4.1).
"""

import polars as pl


def approval_series(requests: pl.DataFrame) -> pl.DataFrame:
    """Find the length of the longest series of each item.

    Args:
        requests: item_id, requested_at, ended_at: requests that ended.

    Returns:
        item_id, depth; sorted by item. One pass for every place in a series, over all items.
    """
    left = requests.select("item_id", "requested_at", "ended_at").sort(
        "item_id", "ended_at", "requested_at"
    )
    left = left.with_columns(place=pl.int_range(pl.len()).over("item_id"))
    taken = [left.head(0).select("item_id")]
    while not left.is_empty():
        first = left.unique("item_id", keep="first", maintain_order=True)
        taken.append(first.select("item_id"))
        # A request of no length may follow upon itself, and stands behind its own place.
        after = first.select("item_id", ended="ended_at", taken="place")
        left = (
            left.join(after, on="item_id", maintain_order="left")
            .filter(
                (pl.col("place") > pl.col("taken")) & (pl.col("requested_at") >= pl.col("ended"))
            )
            .drop("ended", "taken")
        )
    depths = pl.concat(taken).group_by("item_id").agg(depth=pl.len().cast(pl.Int32))
    return depths.sort("item_id")
